"""Streams that are quiet, and servers that are gone."""

from __future__ import annotations

from collections.abc import Iterator

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from stalling import Stalling

from tandem_client import Client, Keepalive, Stream, TandemError

PING = 17
"""Bytes of an HTTP/2 PING."""


@pytest.fixture
def between(address: str) -> Iterator[Stalling]:
    with Stalling(address) as proxy:
        yield proxy


def watched(client: Client) -> Stream[health_pb2.HealthCheckResponse]:
    """A stream that has one message, and is quiet then."""
    watch = health_pb2_grpc.HealthStub(client.channel).Watch
    stream: Stream[health_pb2.HealthCheckResponse] = client.server_stream(watch, health_pb2.HealthCheckRequest())
    assert next(stream).status == health_pb2.HealthCheckResponse.SERVING
    return stream


def test_a_quiet_stream_is_kept_by_pings(between: Stalling) -> None:
    with Client(between.address, keepalive=Keepalive(every=1, answer_within=10)) as client, watched(client) as stream:
        assert between.sent(3 * PING)
        assert client.models()
        stream.close()
        assert list(stream) == []


def test_a_server_that_is_gone_is_noticed(between: Stalling) -> None:
    with Client(between.address, keepalive=Keepalive(every=1, answer_within=0.5)) as client, watched(client) as stream:
        between.stall()
        with pytest.raises(TandemError) as caught:
            next(stream)
    assert caught.value.code is grpc.StatusCode.UNAVAILABLE
