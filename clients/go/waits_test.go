package tandem

import (
	"context"
	"testing"
	"time"

	"connectrpc.com/connect"
)

func TestThePolicyIsThatOfAllClients(t *testing.T) {
	want := Retry{
		Attempts: 4, FirstWait: 200 * time.Millisecond, LongestWait: 5 * time.Second, Patience: 30 * time.Second, Budget: 10, Refill: 0.1,
	}
	if DefaultRetry() != want {
		t.Errorf("%+v", DefaultRetry())
	}
}

func TestWaitsGrowAndAreRandom(t *testing.T) {
	waits := newRetries(DefaultRetry())
	for attempt, most := range map[int]time.Duration{
		1: 200 * time.Millisecond, 2: 400 * time.Millisecond, 3: 800 * time.Millisecond, 6: 5 * time.Second, 99: 5 * time.Second,
	} {
		shortest, longest := most, time.Duration(0)
		for range 300 {
			wait := waits.backoff(attempt)
			shortest, longest = min(shortest, wait), max(longest, wait)
		}
		if shortest > most/10 || longest < most-most/10 || longest > most {
			t.Errorf("attempt %d: %v to %v, up to %v", attempt, shortest, longest, most)
		}
	}
}

func TestTheServersTimeIsTheLeast(t *testing.T) {
	policy := DefaultRetry()
	policy.FirstWait = 0
	failed := &Error{Code: connect.CodeResourceExhausted, RetryAfter: 50 * time.Millisecond, mayReturn: true}
	begin := time.Now()
	if err := newRetries(policy).pause(context.Background(), failed, 1); err != nil || time.Since(begin) < failed.RetryAfter {
		t.Error(err, time.Since(begin))
	}
}

func TestAnswersRefillTheBudget(t *testing.T) {
	policy := DefaultRetry()
	policy.FirstWait, policy.Attempts, policy.Budget, policy.Refill = 0, 100, 4, 1
	all := newRetries(policy)
	again := func() bool { return all.pause(context.Background(), &Error{Code: connect.CodeUnavailable}, 1) == nil }
	if !again() || again() || again() {
		t.Error("half of the budget was to end retries")
	}
	for range 10 {
		all.succeeded()
	}
	if !again() {
		t.Error("answers were to refill the budget")
	}
}

func TestAProxyMaySayWhenToComeBack(t *testing.T) {
	for header, want := range map[string]time.Duration{"7": 7 * time.Second, "": 0, "Sun, 22 Nov 2026 13:00:00 GMT": 0} {
		failure := connect.NewError(connect.CodeResourceExhausted, nil)
		failure.Meta().Set("retry-after", header)
		if told := errorOf(failure); told.RetryAfter != want || told.mayPass() != (want > 0) {
			t.Errorf("%q: %v", header, told.RetryAfter)
		}
	}
}
