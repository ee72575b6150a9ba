"""The synchronous client."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar, overload

import grpc

from . import _connection
from ._connection import ApiKey, Keepalive, Tls
from ._errors import error_of
from ._extraction import Into, M, P, Schema, Wanted
from ._retry import Deadline, Retries, Retry
from ._streams import Items, Pieces, Stream
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
T = TypeVar("T")


class Client:
    """A connection to a server. For any number of threads; close it, or use it in a ``with`` block.

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
        self.channel: grpc.Channel = (
            grpc.insecure_channel(address, options) if credentials is None else grpc.secure_channel(address, credentials, options)
        )
        """For stubs of other services; see :meth:`unary` and :meth:`server_stream`."""
        self._api_key = api_key
        self._retries = Retries(retry)
        self._closed = threading.Event()
        self._chat = ChatServiceStub(self.channel)
        self._embedding = EmbeddingServiceStub(self.channel)
        self._extraction = ExtractionServiceStub(self.channel)
        self._models = ModelServiceStub(self.channel)

    def chat(self, request: ChatRequest, **call: Unpack[CallOptions]) -> ChatCompletion:
        """Answers a conversation, when the answer is complete."""
        return self.unary(self._chat.Complete, request, **call)

    def stream(self, request: ChatRequest, **call: Unpack[CallOptions]) -> Stream[ChatChunk]:
        """Answers a conversation token by token."""
        return self.server_stream(self._chat.Stream, request, **call)

    def embed(self, request: EmbeddingRequest, **call: Unpack[CallOptions]) -> EmbeddingResponse:
        """Turns texts into vectors."""
        return self.unary(self._embedding.Embed, request, **call)

    def models(self, **call: Unpack[CallOptions]) -> list[Model]:
        """Lists the models."""
        listed = self.unary(self._models.ListModels, ListModelsRequest(), **call)
        return list(listed.data)

    def model(self, name: str, **call: Unpack[CallOptions]) -> Model:
        """Describes a model."""
        return self.unary(self._models.GetModel, GetModelRequest(model=name), **call)

    @overload
    def extract(self, into: type[M], request: ExtractRequest, **call: Unpack[CallOptions]) -> M: ...

    @overload
    def extract(self, into: type[P], request: ExtractRequest, **call: Unpack[CallOptions]) -> P: ...

    @overload
    def extract(self, into: Schema, request: ExtractRequest, **call: Unpack[CallOptions]) -> dict[str, Any]: ...

    def extract(self, into: Into, request: ExtractRequest, **call: Unpack[CallOptions]) -> Any:
        """Reads one value out of a text; it is valid by its schema.

        :param into: a pydantic model, a protobuf message that the server knows, or a JSON Schema, for which there is a dict. It takes the
            place of what the request says is wanted
        """
        wanted: Wanted[Any] = Wanted(into)
        return wanted.read(self.extraction(wanted.asked_in(request), **call))

    @overload
    def extract_items(self, into: type[M], request: ExtractRequest, **call: Unpack[CallOptions]) -> Items[M]: ...

    @overload
    def extract_items(self, into: type[P], request: ExtractRequest, **call: Unpack[CallOptions]) -> Items[P]: ...

    @overload
    def extract_items(self, into: Schema, request: ExtractRequest, **call: Unpack[CallOptions]) -> Items[Any]: ...

    def extract_items(self, into: Into, request: ExtractRequest, **call: Unpack[CallOptions]) -> Any:
        """Reads a list out of a text, item by item.

        :param into: what an item is, as for :meth:`extract`
        """
        wanted: Wanted[Any] = Wanted(into)
        asked = wanted.asked_in(request)
        return Items(self.server_stream(self._extraction.ExtractItems, asked, **call), wanted)

    def extract_partial(self, request: ExtractRequest, **call: Unpack[CallOptions]) -> Stream[PartialExtraction]:
        """Reads one object out of a text and shows it while it grows. Only the last message is valid by the schema."""
        return self.server_stream(self._extraction.ExtractPartial, request, **call)

    def extraction(self, request: ExtractRequest, **call: Unpack[CallOptions]) -> Extraction:
        """As :meth:`extract`, but for the whole answer: the value's JSON, the tries and the usage."""
        return self.unary(self._extraction.Extract, request, **call)

    def unary(
        self,
        method: grpc.UnaryUnaryMultiCallable[Req, Res],
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
                answer = self._begin(lambda: method(request, timeout=deadline.left(), metadata=self._metadata(headers)))
            except grpc.RpcError as failure:
                error = error_of(failure)
                wait = self._retries.wait(error, attempt, deadline)
                if wait is None:
                    raise error from failure
                if not self._retries.pause(wait, self._closed):
                    raise _connection.closed() from failure
                attempt += 1
            else:
                self._retries.succeeded()
                return answer

    def server_stream(
        self,
        method: grpc.UnaryStreamMultiCallable[Req, Res],
        request: Req,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Stream[Res]:
        """Calls any method whose answer is a stream, as :meth:`unary` does."""

        def begin(left: float | None) -> Pieces[Res]:
            return self._begin(lambda: method(request, timeout=left, metadata=self._metadata(headers)))

        return Stream(begin, self._retries, timeout)

    def _begin(self, call: Callable[[], T]) -> T:
        try:
            return call()
        except ValueError as e:
            # so gRPC answers who calls on a channel that is closed
            if self._closed.is_set():
                raise _connection.closed() from e
            raise

    def _metadata(self, headers: Mapping[str, str] | None) -> tuple[tuple[str, str], ...]:
        return _connection.metadata(self._api_key, headers)

    def close(self) -> None:
        """Ends the calls that run, and the connection. They and later ones fail as CANCELLED."""
        self._closed.set()
        self._retries.close()
        self.channel.close()

    def __enter__(self) -> Client:
        """This client."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Closes it."""
        self.close()
