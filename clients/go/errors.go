package tandem

import (
	"context"
	"errors"
	"io"
	"net"
	"strconv"
	"strings"
	"time"

	"connectrpc.com/connect"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
)

// Error is a call that failed, with everything that the server told about it. Find it with [errors.As].
type Error struct {
	// Code is the gRPC status.
	Code connect.Code
	// Reason says what happened, for programs: "model_not_found". Empty where the server did not say, as when it cannot be reached.
	Reason string
	// Message says what happened, for people.
	Message string
	// Param is the field at fault, or empty.
	Param string
	// Violations has every broken rule, or every limit that refuses.
	Violations []Violation
	// RequestID is the request's id in the server's log.
	RequestID string
	// RetryAfter says when to try again; 0 where the server does not.
	RetryAfter time.Duration

	// mayReturn tells whether there is a RetryAfter, which may be 0.
	mayReturn bool
	cause     error
}

// Violation is a rule of the contract that the request breaks, or a limit that refuses it.
type Violation struct {
	// Field is the field's path, with the names of the .proto files ("messages[0].content"), or whose limit it is ("caller").
	Field string
	// Rule is the rule ("double.gte_lte"), or which limit ("requests_per_minute").
	Rule string
	// Message is a sentence about what is wrong.
	Message string
}

// Error has the status, the reason where there is one, and the message.
func (e *Error) Error() string {
	return "tandem: " + strings.TrimSpace(e.Status()+" "+e.Reason) + ": " + e.Message
}

// Status is the name of the gRPC status: "NOT_FOUND".
func (e *Error) Status() string {
	if e.Code == connect.CodeCanceled {
		return "CANCELLED"
	}
	return strings.ToUpper(e.Code.String())
}

// Unwrap gives the [*connect.Error], which has all details, and with errors.Is [context.Canceled] and [context.DeadlineExceeded].
func (e *Error) Unwrap() error {
	return e.cause
}

func errorOf(err error) *Error {
	var failure *connect.Error
	if !errors.As(err, &failure) {
		return &Error{Code: codeOf(err), Message: err.Error(), cause: err}
	}
	told := &Error{Code: failure.Code(), Message: failure.Message(), RequestID: failure.Meta().Get("X-Request-Id"), cause: err}
	if told.Code != connect.CodeDeadlineExceeded && told.Code != connect.CodeCanceled && !connect.IsWireError(err) && brokeOff(err) {
		told.Code = connect.CodeUnavailable
	}
	told.readHeader(failure.Meta().Get("Retry-After"))
	for _, detail := range failure.Details() {
		// details of other types are left to whoever knows them
		if value, err := detail.Value(); err == nil {
			told.read(value)
		}
	}
	return told
}

// brokeOff tells whether the connection ended in the middle of an answer, which connect-go takes for a malformed one.
func brokeOff(err error) bool {
	var network net.Error
	return errors.As(err, &network) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)
}

func codeOf(err error) connect.Code {
	switch {
	case errors.Is(err, context.Canceled):
		return connect.CodeCanceled
	case errors.Is(err, context.DeadlineExceeded):
		return connect.CodeDeadlineExceeded
	default:
		return connect.CodeUnknown
	}
}

// readHeader reads what a proxy says that refused the call itself: whole seconds.
func (e *Error) readHeader(retryAfter string) {
	if seconds, err := strconv.ParseUint(retryAfter, 10, 31); err == nil {
		e.RetryAfter, e.mayReturn = time.Duration(seconds)*time.Second, true
	}
}

func (e *Error) read(detail any) {
	switch detail := detail.(type) {
	case *errdetails.ErrorInfo:
		e.Reason = detail.GetReason()
		e.Param = detail.GetMetadata()["param"]
		if id := detail.GetMetadata()["request_id"]; id != "" {
			e.RequestID = id
		}
	case *errdetails.BadRequest:
		for _, each := range detail.GetFieldViolations() {
			e.Violations = append(e.Violations, Violation{each.GetField(), each.GetReason(), each.GetDescription()})
		}
	case *errdetails.QuotaFailure:
		for _, each := range detail.GetViolations() {
			e.Violations = append(e.Violations, Violation{each.GetSubject(), each.GetQuotaId(), each.GetDescription()})
		}
	case *errdetails.RetryInfo:
		e.RetryAfter, e.mayReturn = detail.GetRetryDelay().AsDuration(), true
	}
}
