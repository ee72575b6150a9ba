"""The client for asyncio."""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar, overload

from grpc import aio

from . import _connection
from ._aio_streams import AsyncItems, AsyncStream, until
from ._connection import ApiKey, Keepalive, Tls
from ._errors import error_of
from ._extraction import Into, M, P, Schema, Wanted
from ._retry import Deadline, Retries, Retry
from .v1 import (
    ChatChunk,
    ChatCompletion,
    ChatRequest,
    ChatServiceStub,
    EmbeddingRequest,
    EmbeddingResponse,
    EmbeddingServiceStub,
    Extraction,
    ExtractionServiceStub,
    ExtractRequest,
    GetModelRequest,
    ListModelsRequest,
    Model,
    ModelServiceStub,
    PartialExtraction,
)

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ._connection import CallOptions

Req = TypeVar("Req")
Res = TypeVar("Res")
Call = TypeVar("Call", bound=aio.Call)


class AsyncClient:
    """A connection to a server. For one event loop; close it, or use it in an ``async with`` block.

    Every method takes ``timeout``, the seconds that the whole call may take with all its attempts (the server has limits of its own), and
    ``headers``. Every method raises :class:`TandemError`.
    """

    def __init__(
        self,
        address: str = "127.0.0.1:8080",
        *,
        api_key: ApiKey = None,
        tls: Tls | bool = False,
        retry: Retry = Retry(),  # noqa: B008 immutable
        keepalive: Keepalive = Keepalive(),  # noqa: B008 immutable
    ) -> None:
        """Connects with the first call.

        :param address: host and port
        :param api_key: a key, or what makes one for each call
        :param tls: True trusts the authorities that gRPC trusts; a :class:`Tls` names others
        """
        address = _connection.target(address)
        options = _connection.options(keepalive)
        credentials = _connection.credentials(tls)
        self.channel: aio.Channel = (
            aio.insecure_channel(address, options) if credentials is None else aio.secure_channel(address, credentials, options)
        )
        """For stubs of other services; see :meth:`unary` and :meth:`server_stream`."""
        self._api_key = api_key
        self._retries = Retries(retry)
        self._closed = asyncio.Event()
        self._running: weakref.WeakSet[aio.Call] = weakref.WeakSet()
        self._chat = ChatServiceStub(self.channel)
        self._embedding = EmbeddingServiceStub(self.channel)
        self._extraction = ExtractionServiceStub(self.channel)
        self._models = ModelServiceStub(self.channel)

    async def chat(self, request: ChatRequest, **call: Unpack[CallOptions]) -> ChatCompletion:
        """Answers a conversation, when the answer is complete."""
        return await self.unary(self._chat.Complete, request, **call)

    def stream(self, request: ChatRequest, **call: Unpack[CallOptions]) -> AsyncStream[ChatChunk]:
        """Answers a conversation token by token."""
        return self.server_stream(self._chat.Stream, request, **call)

    async def embed(self, request: EmbeddingRequest, **call: Unpack[CallOptions]) -> EmbeddingResponse:
        """Turns texts into vectors."""
        return await self.unary(self._embedding.Embed, request, **call)

    async def models(self, **call: Unpack[CallOptions]) -> list[Model]:
        """Lists the models."""
        listed = await self.unary(self._models.ListModels, ListModelsRequest(), **call)
        return list(listed.data)

    async def model(self, name: str, **call: Unpack[CallOptions]) -> Model:
        """Describes a model."""
        return await self.unary(self._models.GetModel, GetModelRequest(model=name), **call)

    @overload
    async def extract(self, into: type[M], request: ExtractRequest, **call: Unpack[CallOptions]) -> M: ...

    @overload
    async def extract(self, into: type[P], request: ExtractRequest, **call: Unpack[CallOptions]) -> P: ...

    @overload
    async def extract(self, into: Schema, request: ExtractRequest, **call: Unpack[CallOptions]) -> dict[str, Any]: ...

    async def extract(self, into: Into, request: ExtractRequest, **call: Unpack[CallOptions]) -> Any:
        """Reads one value out of a text; it is valid by its schema.

        :param into: a pydantic model, a protobuf message that the server knows, or a JSON Schema, for which there is a dict. It takes the
            place of what the request says is wanted
        """
        wanted: Wanted[Any] = Wanted(into)
        return wanted.read(await self.extraction(wanted.asked_in(request), **call))

    @overload
    def extract_items(self, into: type[M], request: ExtractRequest, **call: Unpack[CallOptions]) -> AsyncItems[M]: ...

    @overload
    def extract_items(self, into: type[P], request: ExtractRequest, **call: Unpack[CallOptions]) -> AsyncItems[P]: ...

    @overload
    def extract_items(self, into: Schema, request: ExtractRequest, **call: Unpack[CallOptions]) -> AsyncItems[Any]: ...

    def extract_items(self, into: Into, request: ExtractRequest, **call: Unpack[CallOptions]) -> Any:
        """Reads a list out of a text, item by item.

        :param into: what an item is, as for :meth:`extract`
        """
        wanted: Wanted[Any] = Wanted(into)
        asked = wanted.asked_in(request)
        return AsyncItems(self.server_stream(self._extraction.ExtractItems, asked, **call), wanted)

    def extract_partial(self, request: ExtractRequest, **call: Unpack[CallOptions]) -> AsyncStream[PartialExtraction]:
        """Reads one object out of a text and shows it while it grows. Only the last message is valid by the schema."""
        return self.server_stream(self._extraction.ExtractPartial, request, **call)

    async def extraction(self, request: ExtractRequest, **call: Unpack[CallOptions]) -> Extraction:
        """As :meth:`extract`, but for the whole answer: the value's JSON, the tries and the usage."""
        return await self.unary(self._extraction.Extract, request, **call)

    async def unary(
        self,
        method: aio.UnaryUnaryMultiCallable[Req, Res],
        request: Req,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Res:
        """Calls any method with one answer, of a stub on :attr:`channel`, with this client's key, retries and errors."""
        deadline = Deadline(timeout)
        attempt = 1
        while True:
            try:
                call = self._begun(lambda: method(request, timeout=deadline.left(), metadata=self._metadata(headers)))
                answer = await call
            except aio.UsageError as failure:
                raise _connection.closed() from failure
            except asyncio.CancelledError as failure:
                raise self._ended(failure) from None
            except aio.AioRpcError as failure:
                error = error_of(failure)
                wait = self._retries.wait(error, attempt, deadline)
                if wait is None:
                    raise error from failure
                attempt += 1
                await until(self._closed, wait)
            else:
                self._retries.succeeded()
                return answer

    def server_stream(
        self,
        method: aio.UnaryStreamMultiCallable[Req, Res],
        request: Req,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> AsyncStream[Res]:
        """Calls any method whose answer is a stream, as :meth:`unary` does."""

        def begin(left: float | None) -> aio.UnaryStreamCall[Any, Res]:
            try:
                return self._begun(lambda: method(request, timeout=left, metadata=self._metadata(headers)))
            except aio.UsageError as failure:
                raise _connection.closed() from failure

        return AsyncStream(begin, self._retries, timeout, self._ended)

    def _begun(self, begin: Callable[[], Call]) -> Call:
        call = begin()
        self._running.add(call)
        return call

    def _ended(self, failure: asyncio.CancelledError) -> BaseException:
        """So gRPC tells both that the task was cancelled and that the channel was closed, which cancels no task."""
        cancelling = getattr(asyncio.current_task(), "cancelling", None)
        if self._closed.is_set() and cancelling is not None and not cancelling():
            return _connection.closed()
        return failure

    def _metadata(self, headers: Mapping[str, str] | None) -> tuple[tuple[str, str], ...]:
        return _connection.metadata(self._api_key, headers)

    async def close(self) -> None:
        """Ends the calls that run, and the connection. They and later ones fail as CANCELLED."""
        self._closed.set()
        # gRPC finds but those that a task awaits directly
        for call in list(self._running):
            call.cancel()
        await self.channel.close()

    async def __aenter__(self) -> AsyncClient:
        """This client."""
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Closes it."""
        await self.close()
