"""How a client reaches its server: the channel's settings, TLS and the key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

import grpc

from ._errors import TandemError
from ._version import VERSION

ApiKey = str | Callable[[], str] | None
"""A key, or what makes one for each call (a token that expires)."""


class CallOptions(TypedDict, total=False):
    """What a call may be told."""

    timeout: float | None
    """The seconds that the whole call may take, with all its attempts. The server has limits of its own."""
    headers: Mapping[str, str] | None
    """What it carries beside its message, as ``x-request-id``."""


@dataclass(frozen=True)
class Tls:
    """TLS, and whom to trust. Files are PEM."""

    ca: Path | str | None = None
    """The authorities that sign servers' certificates; None: those that gRPC trusts."""
    certificate: Path | str | None = None
    """The client's own certificate, where the server asks for one."""
    key: Path | str | None = None
    """The key of that certificate."""

    def credentials(self) -> grpc.ChannelCredentials:
        """Reads the files."""
        return grpc.ssl_channel_credentials(_read(self.ca), _read(self.key), _read(self.certificate))


@dataclass(frozen=True)
class Keepalive:
    """PINGs while calls are open, so that proxies keep a quiet stream and a server that died is noticed."""

    every: float = 30.0
    """After so many seconds of silence, at least 1."""
    answer_within: float = 10.0
    """A connection whose server takes longer is given up; its calls fail as UNAVAILABLE."""


def options(keepalive: Keepalive) -> list[tuple[str, int | str]]:
    """The settings of a channel."""
    return [
        ("grpc.primary_user_agent", f"tandem-client-python/{VERSION}"),
        # the server decides how long an answer may be
        ("grpc.max_receive_message_length", -1),
        ("grpc.keepalive_time_ms", int(keepalive.every * 1000)),
        # gRPC looks at the one that belongs to the PING that is out, which need not be keepalive's
        ("grpc.keepalive_timeout_ms", int(keepalive.answer_within * 1000)),
        ("grpc.http2.ping_timeout_ms", int(keepalive.answer_within * 1000)),
        # a model may think for minutes, and gRPC by itself stops after two PINGs without data
        ("grpc.http2.max_pings_without_data", 0),
        # a server that is restarted is found again soon; min_reconnect_backoff_ms is left alone, as it limits how long connecting may take
        ("grpc.initial_reconnect_backoff_ms", 100),
        ("grpc.max_reconnect_backoff_ms", 5000),
    ]


def target(address: str) -> str:
    """What gRPC is to connect to."""
    if address.startswith(("http://", "https://")):
        raise ValueError(f"The address is a host and a port without a scheme, as 127.0.0.1:8080, and not {address}")
    return address


def closed() -> TandemError:
    """What a call fails with that is made after the client was closed."""
    return TandemError("The client is closed.", code=grpc.StatusCode.CANCELLED)


def credentials(tls: Tls | bool) -> grpc.ChannelCredentials | None:
    """None without TLS."""
    if tls is False:
        return None
    return (Tls() if tls is True else tls).credentials()


def metadata(api_key: ApiKey, headers: Mapping[str, str] | None) -> tuple[tuple[str, str], ...]:
    """What a call carries beside its message. Names are lower-case, as HTTP/2 has them."""
    own = [(name.lower(), value) for name, value in (headers or {}).items()]
    key = api_key() if callable(api_key) else api_key
    if key:
        if not all("!" <= character <= "~" for character in key):
            # gRPC only tells that some header is invalid
            raise TandemError("The API key has a character that no header can carry, as a line end.", code=grpc.StatusCode.UNAUTHENTICATED)
        own.append(("authorization", f"Bearer {key}"))
    return tuple(own)


def _read(file: Path | str | None) -> bytes | None:
    return None if file is None else Path(file).read_bytes()
