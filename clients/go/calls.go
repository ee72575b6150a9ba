package tandem

import (
	"context"
	"iter"
	"net/http"
	"strings"

	"connectrpc.com/connect"
)

const userAgent = "tandem-client-go/" + Version

type headersKey struct{}

// WithHeader makes the calls of a context carry a header more, as X-Request-Id.
func WithHeader(ctx context.Context, name, value string) context.Context {
	headers := headersOf(ctx).Clone()
	if headers == nil {
		headers = http.Header{}
	}
	headers.Add(name, value)
	return context.WithValue(ctx, headersKey{}, headers)
}

func headersOf(ctx context.Context) http.Header {
	headers, _ := ctx.Value(headersKey{}).(http.Header)
	return headers
}

// Unary calls any method with one answer, of any service of the server, with the client's key, retries and errors.
//
// The procedure is the method's path, /package.Service/Method, as generated code has it.
func Unary[Req, Res any](
	ctx context.Context, c *Client, procedure string, request *Req, options ...connect.ClientOption,
) (*Res, error) {
	method := methodOf[Req, Res](c, procedure, options)
	for attempt := 1; ; attempt++ {
		answer, err := unaryOnce(ctx, c, method, request)
		if err == nil {
			c.retries.succeeded()
			return answer, nil
		}
		if failed := c.retries.pause(ctx, err, attempt); failed != nil {
			return nil, failed
		}
	}
}

func unaryOnce[Req, Res any](
	ctx context.Context, c *Client, method *connect.Client[Req, Res], message *Req,
) (*Res, *Error) {
	request, err := requestOf(ctx, c, message)
	if err != nil {
		return nil, err
	}
	answer, failure := method.CallUnary(ctx, request)
	if failure != nil {
		return nil, errorOf(failure)
	}
	return answer.Msg, nil
}

// ServerStream calls any method whose answer is a stream, as [Unary] does. The call begins with the loop; leaving the loop ends it on the
// server. An error is the last pair, with a nil message; messages before it stay valid.
func ServerStream[Req, Res any](
	ctx context.Context, c *Client, procedure string, request *Req, options ...connect.ClientOption,
) iter.Seq2[*Res, error] {
	return func(yield func(*Res, error) bool) {
		method := methodOf[Req, Res](c, procedure, options)
		for attempt := 1; ; attempt++ {
			begun, err := streamOnce(ctx, c, method, request, yield)
			if err == nil {
				return
			}
			if begun {
				yield(nil, err)
				return
			}
			if failed := c.retries.pause(ctx, err, attempt); failed != nil {
				yield(nil, failed)
				return
			}
		}
	}
}

// streamOnce tells whether a message came, and the error unless the answer is complete or the loop was left.
func streamOnce[Req, Res any](
	ctx context.Context, c *Client, method *connect.Client[Req, Res], message *Req, yield func(*Res, error) bool,
) (begun bool, failed *Error) {
	request, failed := requestOf(ctx, c, message)
	if failed != nil {
		return false, failed
	}
	// what ends the call when the loop is left
	ctx, leave := context.WithCancel(ctx)
	defer leave()
	stream, err := method.CallServerStream(ctx, request)
	if err != nil {
		return false, errorOf(err)
	}
	defer func() {
		leave()
		_ = stream.Close()
	}()
	for stream.Receive() {
		if !begun {
			begun = true
			c.retries.succeeded()
		}
		if !yield(stream.Msg(), nil) {
			return true, nil
		}
	}
	if err := stream.Err(); err != nil {
		return begun, errorOf(err)
	}
	if !begun {
		c.retries.succeeded()
	}
	return begun, nil
}

func requestOf[Req any](ctx context.Context, c *Client, message *Req) (*connect.Request[Req], *Error) {
	request := connect.NewRequest(message)
	for name, values := range headersOf(ctx) {
		request.Header()[name] = values
	}
	request.Header().Set("User-Agent", userAgent)
	if c.token == nil {
		return request, nil
	}
	token, err := c.token(ctx)
	if err != nil {
		return nil, &Error{Code: connect.CodeUnauthenticated, Message: "the token source failed: " + err.Error(), cause: err}
	}
	if strings.ContainsFunc(token, func(r rune) bool { return r < '!' || r > '~' }) {
		return nil, &Error{Code: connect.CodeUnauthenticated, Message: "the API key has a character that no header can carry, as a line end"}
	}
	if token != "" {
		request.Header().Set("Authorization", "Bearer "+token)
	}
	return request, nil
}

// methodKey tells apart methods that are called with generated and with other messages.
type methodKey[Req, Res any] struct{ procedure string }

func methodOf[Req, Res any](c *Client, procedure string, options []connect.ClientOption) *connect.Client[Req, Res] {
	key := methodKey[Req, Res]{procedure}
	if known, ok := c.methods.Load(key); ok && len(options) == 0 {
		return known.(*connect.Client[Req, Res])
	}
	all := append(append([]connect.ClientOption{}, c.options...), options...)
	made := connect.NewClient[Req, Res](c.http, c.baseURL+procedure, all...)
	if len(options) == 0 {
		c.methods.Store(key, made)
	}
	return made
}
