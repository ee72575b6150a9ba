"""The one exception that calls raise."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import grpc
from google.protobuf.any_pb2 import Any as AnyMessage
from google.protobuf.message import DecodeError
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo, QuotaFailure, RetryInfo
from google.rpc.status_pb2 import Status

_STATUS = "grpc-status-details-bin"
_REQUEST_ID = "x-request-id"
_RETRY_AFTER = "retry-after"


@dataclass(frozen=True)
class Violation:
    """A rule of the contract that the request breaks, or a limit that refuses it."""

    field: str
    """The field's path, with the names of the .proto files (``messages[0].content``), or whose limit it is (``caller``)."""
    rule: str
    """The rule (``double.gte_lte``), or which limit (``requests_per_minute``)."""
    message: str
    """A sentence about what is wrong."""


class TandemError(Exception):
    """A call that failed, with everything that the server told about it."""

    code: grpc.StatusCode
    """The gRPC status."""
    reason: str
    """What happened, for programs: ``model_not_found``. Empty where the server did not say, as when it cannot be reached."""
    message: str
    """What happened, for people."""
    param: str | None
    """The field at fault."""
    violations: tuple[Violation, ...]
    """Every broken rule, or every limit that refuses."""
    request_id: str | None
    """The request's id in the server's log."""
    retry_after: float | None
    """After how many seconds to try again; None where the server does not say."""
    details: tuple[AnyMessage, ...]
    """All details as they came, those of services behind the server too."""

    def __init__(
        self,
        message: str,
        *,
        code: grpc.StatusCode,
        reason: str = "",
        param: str | None = None,
        violations: Sequence[Violation] = (),
        request_id: str | None = None,
        retry_after: float | None = None,
        details: Sequence[AnyMessage] = (),
    ) -> None:
        """Made by the client."""
        super().__init__(message)
        self.message = message
        self.code = code
        self.reason = reason
        self.param = param
        self.violations = tuple(violations)
        self.request_id = request_id
        self.retry_after = retry_after
        self.details = tuple(details)

    def __str__(self) -> str:
        """The status, the reason where there is one, and the message."""
        what = f"{self.code.name} {self.reason}".rstrip()
        return f"{what}: {self.message}"

    def __reduce__(self) -> tuple[Any, ...]:
        """For pickle, so that it may be raised in another process."""
        return _again, (self.message, dict(vars(self)))


def _again(message: str, known: dict[str, Any]) -> TandemError:
    error = TandemError(message, code=known["code"])
    vars(error).update(known)
    return error


def error_of(failure: Any) -> TandemError:
    """Reads what came with a failed call: a ``grpc.RpcError`` that is a call, of either kind of channel."""
    headers = _texts(failure.initial_metadata())
    trailers = _texts(failure.trailing_metadata())
    details = _details(trailers.get(_STATUS))
    info, broken, refused, again = ErrorInfo(), BadRequest(), QuotaFailure(), RetryInfo()
    for detail in details:
        # each fills its own; other types are left to whoever knows them
        with contextlib.suppress(DecodeError):
            _ = detail.Unpack(info) or detail.Unpack(broken) or detail.Unpack(refused) or detail.Unpack(again)
    request_id = info.metadata.get("request_id") or trailers.get(_REQUEST_ID) or headers.get(_REQUEST_ID)
    rules = [Violation(each.field, each.reason, each.description) for each in broken.field_violations]
    limits = [Violation(each.subject, each.quota_id, each.description) for each in refused.violations]
    return TandemError(
        failure.details() or "",
        code=failure.code(),
        reason=info.reason,
        param=info.metadata.get("param"),
        violations=rules + limits,
        request_id=str(request_id) if request_id else None,
        retry_after=_retry_after(again, trailers.get(_RETRY_AFTER) or headers.get(_RETRY_AFTER)),
        details=details,
    )


def _retry_after(told: RetryInfo, header: str | bytes | None) -> float | None:
    """The header is that of a proxy which refused the call itself."""
    if told.HasField("retry_delay"):
        seconds: float = told.retry_delay.seconds + told.retry_delay.nanos / 1e9
        return seconds
    return float(header) if isinstance(header, str) and header.isascii() and header.isdigit() else None


def _texts(metadata: Iterable[tuple[str, str | bytes]] | None) -> Mapping[str, str | bytes]:
    return dict(metadata or ())


def _details(status: str | bytes | None) -> Sequence[AnyMessage]:
    """A proxy on the way may have written anything there; then there are none."""
    if not isinstance(status, bytes):
        return ()
    try:
        return tuple(Status.FromString(status).details)
    except DecodeError:
        return ()
