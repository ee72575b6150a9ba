package tandem_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"connectrpc.com/connect"
	"google.golang.org/protobuf/proto"

	tandem "tandem.dev/client"
	tandemv1 "tandem.dev/client/gen/tandem/v1"
	"tandem.dev/client/gen/tandem/v1/tandemv1connect"
)

// streamsToLeave is one more than the server of the tests has slots: were one of them not freed, the next call would wait.
const streamsToLeave = 3

// openServer is the server of TANDEM_ADDRESS, which asks for no key and has no TLS.
func openServer(t *testing.T) string {
	t.Helper()
	address := os.Getenv("TANDEM_ADDRESS")
	if address == "" {
		t.Skip("TANDEM_ADDRESS names no server: start one and set it to 127.0.0.1:8080")
	}
	return address
}

func connected(t *testing.T, options ...tandem.Option) *tandem.Client {
	t.Helper()
	return newClient(t, openServer(t), options...)
}

func newClient(t *testing.T, address string, options ...tandem.Option) *tandem.Client {
	t.Helper()
	client, err := tandem.New(address, options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	return client
}

func capital() *tandemv1.ChatRequest {
	return &tandemv1.ChatRequest{
		Model:       "default",
		Temperature: proto.Float64(0),
		MaxTokens:   proto.Int32(24),
		Messages:    []*tandemv1.ChatMessage{tandem.User("Name the capital of France.")},
	}
}

// endless is a request whose answer never ends by itself: the model's token for the end cannot be chosen.
func endless() *tandemv1.ChatRequest {
	request := capital()
	request.MaxTokens = nil
	request.LogitBias = map[string]float64{"2": -100}
	return request
}

func within(t *testing.T, patience time.Duration) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	return ctx
}

func failure(t *testing.T, err error) *tandem.Error {
	t.Helper()
	var failed *tandem.Error
	if !errors.As(err, &failed) {
		t.Fatalf("%v is no *tandem.Error", err)
	}
	return failed
}

func read(t *testing.T, client *tandem.Client, request *tandemv1.ChatRequest) (string, int) {
	t.Helper()
	var text strings.Builder
	chunks := 0
	for chunk, err := range client.Stream(t.Context(), request) {
		if err != nil {
			t.Fatal(err)
		}
		text.WriteString(tandem.Text(chunk))
		chunks++
	}
	return text.String(), chunks
}

func TestAStreamSaysWhatTheWholeAnswerSays(t *testing.T) {
	for name, protocol := range map[string]tandem.Protocol{"gRPC": tandem.GRPC, "gRPC-Web": tandem.GRPCWeb, "Connect": tandem.Connect} {
		t.Run(name, func(t *testing.T) {
			client := connected(t, tandem.WithProtocol(protocol))
			whole, err := client.Chat(t.Context(), capital())
			if err != nil {
				t.Fatal(err)
			}
			text, chunks := read(t, client, capital())
			if text != tandem.Answer(whole) || !strings.Contains(text, "Paris") || chunks < 4 {
				t.Errorf("%q in %d chunks, %q", text, chunks, tandem.Answer(whole))
			}
		})
	}
}

func TestLeavingTheLoopEndsTheCall(t *testing.T) {
	client := connected(t)
	for range streamsToLeave {
		for _, err := range client.Stream(t.Context(), endless()) {
			if err != nil {
				t.Fatal(err)
			}
			break
		}
	}
	if _, err := client.Chat(within(t, 20*time.Second), capital()); err != nil {
		t.Error(err)
	}
}

func TestACancelledContextEndsTheCall(t *testing.T) {
	client := connected(t)
	for range streamsToLeave {
		ctx, cancel := context.WithCancel(t.Context())
		var last error
		for _, err := range client.Stream(ctx, endless()) {
			cancel()
			last = err
		}
		cancel()
		if failed := failure(t, last); failed.Code != connect.CodeCanceled || !errors.Is(last, context.Canceled) {
			t.Errorf("%v", last)
		}
	}
	if _, err := client.Chat(within(t, 20*time.Second), capital()); err != nil {
		t.Error(err)
	}
}

func TestADeadline(t *testing.T) {
	client := connected(t)
	var last error
	for _, err := range client.Stream(within(t, 500*time.Millisecond), endless()) {
		last = err
	}
	if failed := failure(t, last); failed.Code != connect.CodeDeadlineExceeded || failed.Status() != "DEADLINE_EXCEEDED" {
		t.Errorf("%v", last)
	}
}

func TestEveryBrokenRuleIsTold(t *testing.T) {
	client := connected(t)
	wrong := capital()
	wrong.Temperature, wrong.TopP = proto.Float64(3), proto.Float64(7)
	_, err := client.Chat(tandem.WithHeader(t.Context(), "x-request-id", "from-a-test"), wrong)
	failed := failure(t, err)
	want := []tandem.Violation{
		{Field: "temperature", Rule: "double.gte_lte", Message: "Must be from 0 to 2."},
		{Field: "top_p", Rule: "double.gte_lte", Message: "Must be from 0 to 1."},
	}
	if len(failed.Violations) != 2 || failed.Violations[0] != want[0] || failed.Violations[1] != want[1] {
		t.Errorf("%v", failed.Violations)
	}
	if failed.Status() != "INVALID_ARGUMENT" || failed.Reason != "validation_failed" || failed.Param != "temperature" {
		t.Errorf("%+v", failed)
	}
	if failed.RequestID != "from-a-test" || failed.RetryAfter != 0 {
		t.Errorf("%+v", failed)
	}
	if !strings.HasPrefix(err.Error(), "tandem: INVALID_ARGUMENT validation_failed: temperature: Must be from 0 to 2.") {
		t.Error(err)
	}
}

func TestAStreamFailsWithTheSameError(t *testing.T) {
	request := capital()
	request.Model = "none"
	for chunk, err := range connected(t).Stream(t.Context(), request) {
		failed := failure(t, err)
		if chunk != nil || failed.Status() != "NOT_FOUND" || failed.Reason != "model_not_found" || failed.Param != "model" || failed.RequestID == "" {
			t.Errorf("%v %+v", chunk, failed)
		}
	}
}

func TestVectors(t *testing.T) {
	answer, err := connected(t).Embed(t.Context(), &tandemv1.EmbeddingRequest{Model: "all-MiniLM-L6-v2", Input: tandem.Inputs("A cat.", "A kitten.")})
	if err != nil {
		t.Fatal(err)
	}
	if len(answer.GetData()) != 2 || len(answer.GetData()[1].GetEmbedding().GetFloats()) != 384 {
		t.Errorf("%d vectors", len(answer.GetData()))
	}
}

func TestModels(t *testing.T) {
	client := connected(t)
	models, err := client.Models(t.Context())
	if err != nil || len(models) == 0 {
		t.Fatal(models, err)
	}
	model, err := client.Model(t.Context(), "default")
	if err != nil || model.GetId() != models[0].GetId() {
		t.Error(model, models, err)
	}
}

func TestAnyMethodByItsProcedure(t *testing.T) {
	answer, err := tandem.Unary[tandemv1.TokenizeRequest, tandemv1.TokenizeResponse](
		t.Context(), connected(t), tandemv1connect.TokenServiceTokenizeProcedure,
		&tandemv1.TokenizeRequest{Model: "default", Prompt: proto.String("Once upon a time")})
	if err != nil || int(answer.GetCount()) != len(answer.GetTokens()) || answer.GetCount() == 0 {
		t.Error(answer, err)
	}
}

func TestAServerThatIsNotThere(t *testing.T) {
	client, err := tandem.New("127.0.0.1:1", tandem.WithRetry(tandem.NoRetry()))
	if err != nil {
		t.Fatal(err)
	}
	_, err = client.Chat(t.Context(), capital())
	if failed := failure(t, err); failed.Code != connect.CodeUnavailable || failed.Reason != "" {
		t.Errorf("%+v", failed)
	}
}

func TestSettingsThatCannotBe(t *testing.T) {
	for name, option := range map[string]tandem.Option{
		"no attempts":        tandem.WithRetry(tandem.Retry{}),
		"a negative wait":    tandem.WithRetry(tandem.Retry{Attempts: 2, FirstWait: -1}),
		"no file":            tandem.WithCA("nowhere.pem"),
		"a file without CAs": tandem.WithCA("go.mod"),
	} {
		if _, err := tandem.New("127.0.0.1:1", option); err == nil {
			t.Error(name)
		}
	}
	if _, err := tandem.New("http://127.0.0.1:1"); err == nil || !strings.Contains(err.Error(), "without a scheme") {
		t.Error(err)
	}
}

func TestAKeyIsNeverShown(t *testing.T) {
	for _, key := range []string{"tdm_secret\n", "tdm secret", "tdm_sécret"} {
		client := newClient(t, "127.0.0.1:1", tandem.WithAPIKey(key))
		_, err := client.Chat(t.Context(), capital())
		if failed := failure(t, err); failed.Code != connect.CodeUnauthenticated || strings.Contains(err.Error(), "cret") {
			t.Error(err)
		}
		if shown := fmt.Sprintf("%+v %#v", client, client); strings.Contains(shown, "cret") {
			t.Error(shown)
		}
	}
}
