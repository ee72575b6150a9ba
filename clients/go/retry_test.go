package tandem_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"connectrpc.com/connect"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/protobuf/types/known/durationpb"

	tandem "tandem.dev/client"
	tandemv1 "tandem.dev/client/gen/tandem/v1"
	"tandem.dev/client/gen/tandem/v1/tandemv1connect"
)

// failing fails so often, then answers.
type failing struct {
	tandemv1connect.UnimplementedChatServiceHandler

	failures      int64
	code          connect.Code
	retryAfter    time.Duration
	limit         string
	afterMessages int
	asked         atomic.Int64
}

func (f *failing) Complete(
	_ context.Context, request *connect.Request[tandemv1.ChatRequest],
) (*connect.Response[tandemv1.ChatCompletion], error) {
	return connect.NewResponse(&tandemv1.ChatCompletion{Model: request.Msg.GetModel()}), f.fail()
}

func (f *failing) Stream(
	_ context.Context, _ *connect.Request[tandemv1.ChatRequest], stream *connect.ServerStream[tandemv1.ChatChunk],
) error {
	for range f.afterMessages {
		if err := stream.Send(&tandemv1.ChatChunk{Id: "a"}); err != nil {
			return err
		}
	}
	if err := f.fail(); err != nil {
		return err
	}
	return stream.Send(&tandemv1.ChatChunk{Id: "b"})
}

func (f *failing) fail() error {
	if f.asked.Add(1) > f.failures {
		return nil
	}
	failure := connect.NewError(f.code, errors.New("too much"))
	if detail, err := connect.NewErrorDetail(&errdetails.ErrorInfo{Domain: "tandem", Reason: "overloaded"}); err == nil {
		failure.AddDetail(detail)
	}
	if detail, err := connect.NewErrorDetail(&errdetails.RetryInfo{RetryDelay: durationpb.New(f.retryAfter)}); err == nil && f.retryAfter > 0 {
		failure.AddDetail(detail)
	}
	quota := &errdetails.QuotaFailure{Violations: []*errdetails.QuotaFailure_Violation{
		{Subject: "caller", QuotaId: f.limit, Description: "Too many."},
	}}
	if detail, err := connect.NewErrorDetail(quota); err == nil && f.limit != "" {
		failure.AddDetail(detail)
	}
	return failure
}

// serve starts a server of HTTP/2 without TLS, for a handler.
func serve(t *testing.T, handler http.Handler) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	protocols := new(http.Protocols)
	protocols.SetUnencryptedHTTP2(true)
	server := &http.Server{Handler: handler, Protocols: protocols, ReadHeaderTimeout: time.Second}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	return listener.Addr().String()
}

func fastClient(t *testing.T, address string, change ...func(*tandem.Retry)) *tandem.Client {
	t.Helper()
	retry := tandem.DefaultRetry()
	retry.FirstWait = time.Millisecond
	for _, each := range change {
		each(&retry)
	}
	return newClient(t, address, tandem.WithRetry(retry))
}

func clientOf(t *testing.T, chat *failing) *tandem.Client {
	t.Helper()
	mux := http.NewServeMux()
	mux.Handle(tandemv1connect.NewChatServiceHandler(chat))
	return fastClient(t, serve(t, mux))
}

func TestWhatMayPassIsTriedAgain(t *testing.T) {
	for name, chat := range map[string]*failing{
		"unavailable":                      {failures: 2, code: connect.CodeUnavailable},
		"unavailable for a while":          {failures: 2, code: connect.CodeUnavailable, retryAfter: time.Millisecond},
		"resources exhausted, for a while": {failures: 2, code: connect.CodeResourceExhausted, retryAfter: time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			answer, err := clientOf(t, chat).Chat(t.Context(), &tandemv1.ChatRequest{Model: "m"})
			if err != nil || answer.GetModel() != "m" || chat.asked.Load() != 3 {
				t.Error(answer, err, chat.asked.Load())
			}
		})
	}
}

func TestWhatDoesNotPassIsNotTriedAgain(t *testing.T) {
	for name, chat := range map[string]*failing{
		"resources exhausted for good": {failures: 1, code: connect.CodeResourceExhausted},
		"wrong":                        {failures: 1, code: connect.CodeInvalidArgument, retryAfter: time.Millisecond},
		"a long wait":                  {failures: 1, code: connect.CodeUnavailable, retryAfter: 31 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := clientOf(t, chat).Chat(t.Context(), &tandemv1.ChatRequest{})
			if failed := failure(t, err); failed.Code != chat.code || failed.Reason != "overloaded" || failed.RetryAfter != chat.retryAfter {
				t.Errorf("%+v", failed)
			}
			if chat.asked.Load() != 1 {
				t.Error(chat.asked.Load())
			}
		})
	}
}

func TestAttemptsAreCounted(t *testing.T) {
	chat := &failing{failures: 99, code: connect.CodeUnavailable}
	if _, err := clientOf(t, chat).Chat(t.Context(), &tandemv1.ChatRequest{}); err == nil || chat.asked.Load() != 4 {
		t.Error(err, chat.asked.Load())
	}
}

func TestLimitsThatRefuseAreViolations(t *testing.T) {
	chat := &failing{failures: 1, code: connect.CodeResourceExhausted, limit: "requests_per_minute"}
	_, err := clientOf(t, chat).Chat(t.Context(), &tandemv1.ChatRequest{})
	want := tandem.Violation{Field: "caller", Rule: "requests_per_minute", Message: "Too many."}
	if failed := failure(t, err); len(failed.Violations) != 1 || failed.Violations[0] != want {
		t.Errorf("%+v", failed)
	}
}

func TestStreamsAreTriedAgainBeforeTheirFirstMessageOnly(t *testing.T) {
	before := &failing{failures: 2, code: connect.CodeUnavailable}
	after := &failing{failures: 1, code: connect.CodeUnavailable, afterMessages: 2}
	if come, err := ids(t, clientOf(t, before)); come != "b" || err != nil || before.asked.Load() != 3 {
		t.Error(come, err, before.asked.Load())
	}
	come, err := ids(t, clientOf(t, after))
	if failed := failure(t, err); come != "aa" || failed.Code != connect.CodeUnavailable || after.asked.Load() != 1 {
		t.Error(come, err, after.asked.Load())
	}
}

func ids(t *testing.T, client *tandem.Client) (come string, last error) {
	t.Helper()
	for chunk, err := range client.Stream(t.Context(), &tandemv1.ChatRequest{}) {
		come += chunk.GetId()
		last = err
	}
	return come, last
}

func TestAWaitBeyondTheDeadlineIsNotBegun(t *testing.T) {
	chat := &failing{failures: 1, code: connect.CodeUnavailable, retryAfter: 20 * time.Second}
	_, err := clientOf(t, chat).Chat(within(t, 5*time.Second), &tandemv1.ChatRequest{})
	if failed := failure(t, err); failed.Code != connect.CodeUnavailable || chat.asked.Load() != 1 {
		t.Error(err, chat.asked.Load())
	}
}

func TestTheBudgetEndsRetries(t *testing.T) {
	chat := &failing{failures: 1000, code: connect.CodeUnavailable}
	mux := http.NewServeMux()
	mux.Handle(tandemv1connect.NewChatServiceHandler(chat))
	client := fastClient(t, serve(t, mux), func(retry *tandem.Retry) { retry.Attempts, retry.Budget = 100, 10 })
	for range 10 {
		if _, err := client.Chat(t.Context(), &tandemv1.ChatRequest{}); err == nil {
			t.Fatal("it was to fail")
		}
	}
	// four retries, until half of the tokens are gone, and ten first attempts
	if chat.asked.Load() != 14 {
		t.Error(chat.asked.Load())
	}
}

func TestEachAttemptShowsAFreshKey(t *testing.T) {
	chat := &failing{failures: 1, code: connect.CodeUnavailable}
	var keys []string
	mux := http.NewServeMux()
	path, handler := tandemv1connect.NewChatServiceHandler(chat)
	mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
		keys = append(keys, r.Header.Get("Authorization"), r.UserAgent())
		handler.ServeHTTP(w, r)
	})
	number := 0
	fresh := tandem.WithTokenSource(func(context.Context) (string, error) {
		number++
		return []string{"one", "two"}[number-1], nil
	})
	if _, err := newClient(t, serve(t, mux), fresh).Chat(t.Context(), &tandemv1.ChatRequest{}); err != nil {
		t.Fatal(err)
	}
	agent := "tandem-client-go/" + tandem.Version
	if len(keys) != 4 || keys[0] != "Bearer one" || keys[2] != "Bearer two" || keys[1] != agent {
		t.Error(keys)
	}
}
