"""Client for Tandem: :class:`Client` and :class:`AsyncClient`. Messages are in :mod:`tandem_client.v1`."""

from ._aio import AsyncClient
from ._aio_streams import AsyncItems, AsyncStream
from ._client import Client
from ._connection import Keepalive, Tls
from ._errors import TandemError, Violation
from ._messages import assistant, embedding_request, system, text_of, user
from ._retry import NO_RETRY, Retry
from ._streams import Items, Stream
from ._version import VERSION as __version__

__all__ = [
    "NO_RETRY",
    "AsyncClient",
    "AsyncItems",
    "AsyncStream",
    "Client",
    "Items",
    "Keepalive",
    "Retry",
    "Stream",
    "TandemError",
    "Tls",
    "Violation",
    "__version__",
    "assistant",
    "embedding_request",
    "system",
    "text_of",
    "user",
]
