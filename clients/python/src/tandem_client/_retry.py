"""Which failed calls are made again, when, and how many of all."""

from __future__ import annotations

import random
import threading
import time
from dataclasses import dataclass

import grpc

from ._errors import TandemError


@dataclass(frozen=True)
class Retry:
    """Calls are made again where nothing of the answer has come and the error says that it may pass.

    That is UNAVAILABLE, and RESOURCE_EXHAUSTED with a time to wait. UNAVAILABLE may also be a connection that broke after the server began:
    a method that must not run twice wants a client with :data:`NO_RETRY`.

    A client has a budget of tokens: a failure takes one, an answer gives back ``refill``, and while half of them or fewer are left nothing
    is made again, so that a server in trouble is not kept there. The clients for other languages have the same numbers.
    """

    attempts: int = 4
    """How often a call is made in all; 1 switches retries off."""
    first_wait: float = 0.2
    """The longest wait before the second attempt, in seconds; doubled for each further one. The wait is a random part of it, and begins
    when the time is up for which the server asked."""
    longest_wait: float = 5.0
    """The longest of these waits."""
    patience: float = 30.0
    """A server that asks to be left alone for more than so many seconds is not asked again."""
    budget: float = 10.0
    """The tokens of a client."""
    refill: float = 0.1
    """What an answer gives back."""

    def __post_init__(self) -> None:
        """Refuses what cannot be."""
        if self.attempts < 1:
            raise ValueError("A call is made once at least; attempts=1 switches retries off.")
        if min(self.first_wait, self.longest_wait, self.patience, self.budget, self.refill) < 0:
            raise ValueError("Waits, budget and refill must not be negative.")


NO_RETRY = Retry(attempts=1)
"""Every call is made once."""


class Deadline:
    """The time that a call may take, all its attempts together."""

    def __init__(self, timeout: float | None) -> None:
        """Begins now; None never ends."""
        self._end = None if timeout is None else time.monotonic() + timeout

    def left(self) -> float | None:
        """Seconds from now on, 0 at least; None where there is no end."""
        return None if self._end is None else max(0.0, self._end - time.monotonic())


class Retries:
    """The policy of a client, and what is left of its budget. For any thread."""

    def __init__(self, policy: Retry) -> None:
        """With the whole budget."""
        self._policy = policy
        self._tokens = policy.budget
        self._lock = threading.Lock()
        self._closed = False
        self._waiting: set[threading.Event] = set()

    def succeeded(self) -> None:
        """A call was answered."""
        with self._lock:
            self._tokens = min(self._policy.budget, self._tokens + self._policy.refill)

    def wait(self, error: TandemError, attempt: int, deadline: Deadline) -> float | None:
        """How many seconds to wait before the call is made again; None where it is not.

        :param attempt: which one failed, from 1
        """
        if not _may_pass(error) or not self._spend() or attempt >= self._policy.attempts:
            return None
        wait = self._backoff(attempt)
        if error.retry_after is not None:
            if error.retry_after > self._policy.patience:
                return None
            # a little later than asked for, and not all at once
            wait += error.retry_after
        left = deadline.left()
        return wait if left is None or wait < left else None

    def pause(self, seconds: float, left: threading.Event) -> bool:
        """Waits so long, or until the event is set or the client is closed; tells whether the client is open."""
        with self._lock:
            if not self._closed:
                self._waiting.add(left)
        if not self._closed:
            left.wait(seconds)
        with self._lock:
            self._waiting.discard(left)
            return not self._closed

    def close(self) -> None:
        """The client is closed: nobody waits any more."""
        with self._lock:
            self._closed = True
            for each in self._waiting:
                each.set()

    def _spend(self) -> bool:
        with self._lock:
            self._tokens = max(0.0, self._tokens - 1)
            return self._tokens > self._policy.budget / 2

    def _backoff(self, attempt: int) -> float:
        longest = min(self._policy.longest_wait, self._policy.first_wait * 2.0 ** (attempt - 1))
        return random.uniform(0, longest)


def _may_pass(error: TandemError) -> bool:
    if error.code is grpc.StatusCode.UNAVAILABLE:
        return True
    return error.code is grpc.StatusCode.RESOURCE_EXHAUSTED and error.retry_after is not None
