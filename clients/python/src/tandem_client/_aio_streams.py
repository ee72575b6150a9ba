"""Answers that come in pieces, for asyncio."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from types import TracebackType
from typing import Any, TypeVar, cast

import grpc
from grpc import aio

from ._errors import TandemError, error_of
from ._extraction import Wanted
from ._retry import Deadline, Retries
from .v1 import ItemEvent, ItemsEnd

T = TypeVar("T")


async def until(event: asyncio.Event, seconds: float) -> None:
    """Waits so long, or for the event."""
    with contextlib.suppress(asyncio.TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)


class AsyncStream(AsyncIterator[T]):
    """The messages of an answer, as they come. To leave it early ends the call on the server: leave an ``async with`` block, call
    ``close()``, break out of the loop and keep no reference, or cancel the task that reads.
    """

    def __init__(
        self,
        begin: Callable[[float | None], aio.UnaryStreamCall[Any, T]],
        retries: Retries,
        timeout: float | None,
        ended: Callable[[asyncio.CancelledError], BaseException],
    ) -> None:
        """Begins the call. The client makes these."""
        self._begin = begin
        self._ended = ended
        self._retries = retries
        self._deadline = Deadline(timeout)
        self._attempt = 1
        self._begun = False
        self._left = asyncio.Event()
        self._call = begin(timeout)

    def __aiter__(self) -> AsyncStream[T]:
        """This stream; it can be read once."""
        return self

    async def __anext__(self) -> T:
        """Waits for the next message.

        :raises TandemError: where the call fails; what came before stays valid
        """
        while not self._left.is_set():
            try:
                message = await self._call.read()
            except aio.AioRpcError as failure:
                await self._try_again(error_of(failure), failure)
            except asyncio.CancelledError as failure:
                if not self._left.is_set():
                    raise self._ended(failure) from None
            else:
                self._answered()
                if message is aio.EOF:
                    break
                return cast("T", message)
        raise StopAsyncIteration

    def _answered(self) -> None:
        if not self._begun:
            self._begun = True
            self._retries.succeeded()

    async def _try_again(self, error: TandemError, failure: grpc.RpcError) -> None:
        """Only where nothing has come: no text comes twice."""
        wait = None if self._begun else self._retries.wait(error, self._attempt, self._deadline)
        if wait is None:
            raise error from failure
        self._attempt += 1
        await until(self._left, wait)
        if not self._left.is_set():
            self._call = self._begin(self._deadline.left())

    def close(self) -> None:
        """Ends the call, if it has not ended; a loop over it in another task ends too."""
        self._left.set()
        self._call.cancel()

    async def __aenter__(self) -> AsyncStream[T]:
        """This stream."""
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Closes it."""
        self.close()

    def __del__(self) -> None:
        """Ends the call of whoever left the loop."""
        if hasattr(self, "_call"):
            # the event loop may have ended first, and with it the call
            with contextlib.suppress(RuntimeError):
                self.close()


class AsyncItems(AsyncIterator[T]):
    """The items of a list, each as soon as it is complete and valid."""

    end: ItemsEnd | None = None
    """What the server told, once the loop has come to its end. ``rejected`` has items that were not valid, which are not in the loop."""

    def __init__(self, events: AsyncStream[ItemEvent], wanted: Wanted[T]) -> None:
        """The client makes these."""
        self._events = events
        self._wanted = wanted

    def __aiter__(self) -> AsyncItems[T]:
        """This list; it can be read once."""
        return self

    async def __anext__(self) -> T:
        """Waits for the next item."""
        async for event in self._events:
            if event.HasField("item"):
                return self._wanted.read(event.item)
            self.end = event.end
        raise StopAsyncIteration

    def close(self) -> None:
        """As an AsyncStream's."""
        self._events.close()

    async def __aenter__(self) -> AsyncItems[T]:
        """This list."""
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Closes it."""
        self.close()
