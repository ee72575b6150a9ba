package tandem

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"

	"connectrpc.com/connect"
)

// Retry says how failed calls are made again: where nothing of the answer has come and the error says that it may pass. That is UNAVAILABLE,
// and RESOURCE_EXHAUSTED with a time to wait. UNAVAILABLE may also be a connection that broke after the server began: a method that must not
// run twice wants a client with [NoRetry].
//
// A client has a budget of tokens: a failure takes one, an answer gives back Refill, and while half of them or fewer are left nothing is made
// again, so that a server in trouble is not kept there. The clients for other languages have the same numbers.
type Retry struct {
	// Attempts is how often a call is made in all; 1 switches retries off.
	Attempts int
	// FirstWait is the longest wait before the second attempt, doubled for each further one. The wait is a random part of it, and begins when
	// the time is up for which the server asked.
	FirstWait time.Duration
	// LongestWait is the longest of these waits.
	LongestWait time.Duration
	// Patience: a server that asks to be left alone for longer is not asked again.
	Patience time.Duration
	// Budget is the tokens of a client.
	Budget float64
	// Refill is what an answer gives back.
	Refill float64
}

// DefaultRetry makes a call four times at most.
func DefaultRetry() Retry {
	return Retry{
		Attempts:    4,
		FirstWait:   200 * time.Millisecond,
		LongestWait: 5 * time.Second,
		Patience:    30 * time.Second,
		Budget:      10,
		Refill:      0.1,
	}
}

// NoRetry makes every call once.
func NoRetry() Retry {
	return Retry{Attempts: 1}
}

type retries struct {
	policy Retry
	mutex  sync.Mutex
	tokens float64
}

func newRetries(policy Retry) *retries {
	return &retries{policy: policy, tokens: policy.Budget}
}

func (r *retries) succeeded() {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.tokens = min(r.policy.Budget, r.tokens+r.policy.Refill)
}

// pause waits until the call may be made again, or returns the error with which it ends.
func (r *retries) pause(ctx context.Context, failed *Error, attempt int) error {
	if !failed.mayPass() || !r.spend() || attempt >= r.policy.Attempts || failed.RetryAfter > r.policy.Patience {
		return failed
	}
	// a little later than asked for, and not all at once
	wait := failed.RetryAfter + r.backoff(attempt)
	if end, ok := ctx.Deadline(); ok && time.Until(end) <= wait {
		return failed
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return errorOf(ctx.Err())
	}
}

// spend takes a token, and tells whether more than half of them are left.
func (r *retries) spend() bool {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.tokens = max(0, r.tokens-1)
	return r.tokens > r.policy.Budget/2
}

func (r *retries) backoff(attempt int) time.Duration {
	longest := r.policy.FirstWait
	for ; attempt > 1 && longest < r.policy.LongestWait; attempt-- {
		longest *= 2
	}
	longest = min(longest, r.policy.LongestWait)
	if longest <= 0 {
		return 0
	}
	return rand.N(longest)
}

func (e *Error) mayPass() bool {
	return e.Code == connect.CodeUnavailable || e.Code == connect.CodeResourceExhausted && e.mayReturn
}
