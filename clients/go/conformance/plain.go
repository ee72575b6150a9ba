package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"time"

	"connectrpc.com/connect"

	tandem "tandem.dev/client"
)

var (
	accepts = map[string]string{"rest": "application/json", "sse": "text/event-stream", "ndjson": "application/x-ndjson"}
	ofHTTP  = map[int]connect.Code{
		401: connect.CodeUnauthenticated, 403: connect.CodePermissionDenied, 404: connect.CodeNotFound, 408: connect.CodeDeadlineExceeded,
		413: connect.CodeResourceExhausted, 414: connect.CodeResourceExhausted, 429: connect.CodeResourceExhausted,
		431: connect.CodeResourceExhausted, 499: connect.CodeCanceled, 500: connect.CodeInternal, 501: connect.CodeUnimplemented,
		502: connect.CodeUnavailable, 503: connect.CodeUnavailable, 504: connect.CodeDeadlineExceeded,
	}
	ofType = map[string]connect.Code{
		"timeout_error": connect.CodeDeadlineExceeded, "rate_limit_error": connect.CodeResourceExhausted,
		"server_error": connect.CodeUnavailable, "cancelled": connect.CodeCanceled,
	}
)

// plain speaks JSON over HTTP: one answer, server-sent events, or lines.
type plain struct {
	address, key string
}

type told struct {
	Error *struct {
		Message    string      `json:"message"`
		Type       string      `json:"type"`
		Param      string      `json:"param"`
		Code       string      `json:"code"`
		Details    []violation `json:"details"`
		RequestID  string      `json:"request_id"`
		RetryAfter float64     `json:"retry_after"`
	} `json:"error"`
}

func (p plain) speak(ctx context.Context, call call, message func(json.RawMessage) bool) error {
	// the server's word on a deadline is waited for
	ctx, leave := context.WithCancel(context.WithoutCancel(ctx))
	defer leave()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+p.address+"/"+call.Method, bytes.NewReader(call.Request))
	if err != nil {
		return err
	}
	p.sign(request, call)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK || call.Wire == "rest" {
		return whole(response, message)
	}
	return pieces(response.Body, message)
}

func (p plain) sign(request *http.Request, call call) {
	if p.key != "" {
		request.Header.Set("Authorization", "Bearer "+p.key)
	}
	for name, value := range call.Headers {
		request.Header.Set(name, value)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", accepts[call.Wire])
	if call.TimeoutMS > 0 {
		request.Header.Set("X-Request-Timeout", strconv.FormatFloat(float64(call.TimeoutMS)/1000, 'f', -1, 64))
	}
}

func whole(response *http.Response, message func(json.RawMessage) bool) error {
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode == http.StatusOK {
		message(body)
		return nil
	}
	code, ok := ofHTTP[response.StatusCode]
	if !ok {
		code = connect.CodeInvalidArgument
	}
	var error told
	if err := json.Unmarshal(body, &error); err != nil {
		return err
	}
	return error.as(code)
}

func pieces(body io.Reader, message func(json.RawMessage) bool) error {
	lines := bufio.NewScanner(body)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		text := bytes.TrimSpace(bytes.TrimPrefix(lines.Bytes(), []byte("data:")))
		if len(text) == 0 || text[0] == ':' || string(text) == "[DONE]" {
			continue
		}
		var last told
		if err := json.Unmarshal(text, &last); err == nil && last.Error != nil {
			code, ok := ofType[last.Error.Type]
			if !ok {
				code = connect.CodeInvalidArgument
			}
			return last.as(code)
		}
		if !message(bytes.Clone(text)) {
			return nil
		}
	}
	return lines.Err()
}

func (t told) as(code connect.Code) error {
	err := &tandem.Error{Code: code, Reason: t.Error.Code, Message: t.Error.Message, Param: t.Error.Param, RequestID: t.Error.RequestID}
	for _, each := range t.Error.Details {
		err.Violations = append(err.Violations, tandem.Violation(each))
	}
	err.RetryAfter = time.Duration(t.Error.RetryAfter * float64(time.Second))
	return err
}
