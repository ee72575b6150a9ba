"""Answers that come in pieces, synchronously."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any, Protocol, TypeVar

import grpc

from ._connection import closed
from ._errors import TandemError, error_of
from ._extraction import Wanted
from ._retry import Deadline, Retries
from .v1 import ItemEvent, ItemsEnd

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Pieces(Protocol[T_co]):
    """What grpc answers to the call of a method that streams."""

    def __next__(self) -> T_co:
        """Waits for the next message."""

    def cancel(self) -> Any:
        """Ends the call."""


class Stream(Iterator[T]):
    """The messages of an answer, as they come. To leave it early ends the call on the server: leave a ``with`` block, call ``close()``,
    or break out of the loop and keep no reference.
    """

    def __init__(self, begin: Callable[[float | None], Pieces[T]], retries: Retries, timeout: float | None) -> None:
        """Begins the call. The client makes these."""
        self._left = threading.Event()
        self._begin = begin
        self._retries = retries
        self._deadline = Deadline(timeout)
        self._attempt = 1
        self._begun = False
        self._pieces = begin(timeout)

    def __iter__(self) -> Stream[T]:
        """This stream; it can be read once."""
        return self

    def __next__(self) -> T:
        """Waits for the next message.

        :raises TandemError: where the call fails; what came before stays valid
        """
        while not self._left.is_set():
            try:
                message = next(self._pieces)
            except StopIteration:
                self._answered()
                raise
            except grpc.RpcError as failure:
                if self._left.is_set():
                    break
                error = error_of(failure)
                self._try_again(error, failure)
            else:
                self._answered()
                return message
        raise StopIteration

    def _answered(self) -> None:
        if not self._begun:
            self._begun = True
            self._retries.succeeded()

    def _try_again(self, error: TandemError, failure: grpc.RpcError) -> None:
        """Only where nothing has come: no text comes twice."""
        wait = None if self._begun else self._retries.wait(error, self._attempt, self._deadline)
        if wait is None:
            raise error from failure
        self._attempt += 1
        if not self._retries.pause(wait, self._left):
            raise closed() from failure
        if not self._left.is_set():
            self._pieces = self._begin(self._deadline.left())
            if self._left.is_set():
                # another thread closed the one before
                self._pieces.cancel()

    def close(self) -> None:
        """Ends the call, if it has not ended; a loop over it in another thread ends too."""
        self._left.set()
        self._pieces.cancel()

    def __enter__(self) -> Stream[T]:
        """This stream."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Closes it."""
        self.close()

    def __del__(self) -> None:
        """Ends the call of whoever left the loop."""
        if hasattr(self, "_pieces"):
            self.close()


class Items(Iterator[T]):
    """The items of a list, each as soon as it is complete and valid."""

    end: ItemsEnd | None = None
    """What the server told, once the loop has come to its end. ``rejected`` has items that were not valid, which are not in the loop."""

    def __init__(self, events: Stream[ItemEvent], wanted: Wanted[T]) -> None:
        """The client makes these."""
        self._events = events
        self._wanted = wanted

    def __iter__(self) -> Items[T]:
        """This list; it can be read once."""
        return self

    def __next__(self) -> T:
        """Waits for the next item."""
        for event in self._events:
            if event.HasField("item"):
                return self._wanted.read(event.item)
            self.end = event.end
        raise StopIteration

    def close(self) -> None:
        """As a Stream's."""
        self._events.close()

    def __enter__(self) -> Items[T]:
        """This list."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Closes it."""
        self.close()
