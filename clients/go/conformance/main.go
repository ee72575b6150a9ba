// Conformance makes the calls that stand on its input, a line each, and writes a line for what came of each; see
// clients/conformance/README.md. gRPC, gRPC-Web and Connect go through the client, the other wires through net/http.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	tandem "tandem.dev/client"
)

type call struct {
	ID          string            `json:"id"`
	Wire        string            `json:"wire"`
	Method      string            `json:"method"`
	Request     json.RawMessage   `json:"request"`
	Headers     map[string]string `json:"headers"`
	TimeoutMS   int               `json:"timeout_ms"`
	CancelAfter int               `json:"cancel_after"`
}

type result struct {
	ID       string            `json:"id"`
	Messages []json.RawMessage `json:"messages"`
	Error    *failure          `json:"error"`
	Skipped  string            `json:"skipped,omitempty"`
}

type failure struct {
	Code         string      `json:"code"`
	Reason       string      `json:"reason"`
	Message      string      `json:"message"`
	Param        string      `json:"param"`
	Violations   []violation `json:"violations"`
	RetryAfterMS *int64      `json:"retry_after_ms"`
	RequestID    string      `json:"request_id"`
}

type violation struct {
	Field   string `json:"field"`
	Rule    string `json:"rule"`
	Message string `json:"message"`
}

// speaker makes the calls of a wire. It tells of each message, which says whether to go on.
type speaker interface {
	speak(ctx context.Context, call call, message func(json.RawMessage) bool) error
}

func main() {
	speakers, err := speakers(os.Getenv("TANDEM_ADDRESS"), os.Getenv("TANDEM_API_KEY"))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	calls, results := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	for {
		var next call
		err := calls.Decode(&next)
		if errors.Is(err, io.EOF) {
			return
		}
		if err == nil {
			err = results.Encode(answer(speakers[next.Wire], next))
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

func speakers(address, key string) (map[string]speaker, error) {
	speakers := map[string]speaker{}
	for _, wire := range []string{"rest", "sse", "ndjson"} {
		speakers[wire] = plain{address: address, key: key}
	}
	for wire, protocol := range map[string]tandem.Protocol{"grpc": tandem.GRPC, "grpc-web": tandem.GRPCWeb, "connect": tandem.Connect} {
		client, err := tandem.New(address, tandem.WithAPIKey(key), tandem.WithProtocol(protocol), tandem.WithRetry(tandem.NoRetry()))
		if err != nil {
			return nil, err
		}
		speakers[wire] = remote{client}
	}
	return speakers, nil
}

func answer(by speaker, call call) result {
	patience := time.Minute
	if call.TimeoutMS > 0 {
		patience = time.Duration(call.TimeoutMS) * time.Millisecond
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	made := result{ID: call.ID, Messages: []json.RawMessage{}}
	err := by.speak(ctx, call, func(message json.RawMessage) bool {
		made.Messages = append(made.Messages, message)
		return len(made.Messages) != call.CancelAfter
	})
	var told *tandem.Error
	switch {
	case errors.As(err, &told):
		made.Error = failureOf(told)
	case err != nil:
		made.Skipped = err.Error()
	}
	return made
}

func failureOf(err *tandem.Error) *failure {
	told := &failure{Code: err.Status(), Reason: err.Reason, Message: err.Message, Param: err.Param, RequestID: err.RequestID}
	told.Violations = []violation{}
	for _, each := range err.Violations {
		told.Violations = append(told.Violations, violation(each))
	}
	if err.RetryAfter > 0 {
		wait := err.RetryAfter.Milliseconds()
		told.RetryAfterMS = &wait
	}
	return told
}
