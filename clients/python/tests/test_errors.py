"""What an error has of what came with a failed call."""

from __future__ import annotations

import pickle

import grpc
import pytest
from google.protobuf.any_pb2 import Any as AnyMessage
from google.protobuf.duration_pb2 import Duration
from google.rpc.error_details_pb2 import QuotaFailure, RetryInfo
from google.rpc.status_pb2 import Status

from tandem_client import Violation
from tandem_client._errors import error_of


class Ended:
    """A call that failed."""

    def __init__(self, trailers: dict[str, str | bytes]) -> None:
        self._trailers = trailers

    def code(self) -> grpc.StatusCode:
        return grpc.StatusCode.RESOURCE_EXHAUSTED

    def details(self) -> str:
        return "too much"

    def initial_metadata(self) -> tuple[tuple[str, str], ...]:
        return (("x-request-id", "req_1"),)

    def trailing_metadata(self) -> tuple[tuple[str, str | bytes], ...]:
        return tuple(self._trailers.items())


def test_limits_that_refuse_are_violations() -> None:
    details = [AnyMessage(), AnyMessage()]
    details[0].Pack(QuotaFailure(violations=[{"subject": "caller", "quota_id": "requests_per_minute", "description": "Too many."}]))
    details[1].Pack(RetryInfo(retry_delay=Duration(seconds=1, nanos=500_000_000)))
    error = error_of(Ended({"grpc-status-details-bin": Status(details=details).SerializeToString(), "retry-after": "9"}))
    assert error.violations == (Violation("caller", "requests_per_minute", "Too many."),)
    assert error.retry_after == 1.5
    assert error.request_id == "req_1"


@pytest.mark.parametrize(("header", "seconds"), [("7", 7.0), ("Sun, 22 Nov 2026 13:00:00 GMT", None), ("", None)])
def test_a_proxy_may_say_when_to_come_back(header: str, seconds: float | None) -> None:
    assert error_of(Ended({"retry-after": header})).retry_after == seconds


def test_details_that_are_none_are_left_out() -> None:
    assert error_of(Ended({"grpc-status-details-bin": b"\xff\xff"})).details == ()
    broken = AnyMessage(type_url="type.googleapis.com/google.rpc.RetryInfo", value=b"\xff\xff")
    assert error_of(Ended({"grpc-status-details-bin": Status(details=[broken]).SerializeToString()})).retry_after is None


def test_an_error_comes_out_of_another_process_as_it_is() -> None:
    error = pickle.loads(pickle.dumps(error_of(Ended({"retry-after": "7"}))))
    assert (error.code, error.message, error.retry_after, error.request_id) == (
        grpc.StatusCode.RESOURCE_EXHAUSTED,
        "too much",
        7.0,
        "req_1",
    )
