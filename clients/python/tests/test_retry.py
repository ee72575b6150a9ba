"""Retries against a server that fails as it is told to."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from concurrent import futures
from contextlib import contextmanager
from typing import Any

import grpc
import pytest
from google.protobuf.any_pb2 import Any as AnyMessage
from google.protobuf.duration_pb2 import Duration
from google.rpc.error_details_pb2 import ErrorInfo, RetryInfo
from google.rpc.status_pb2 import Status
from stalling import Stalling

from tandem_client import NO_RETRY, AsyncClient, Client, Retry, TandemError, text_of
from tandem_client._retry import Deadline, Retries
from tandem_client.v1 import ChatChunk, ChatCompletion, ChatRequest, ChatServiceServicer, ChunkChoice, Delta
from tandem_client.v1 import add_ChatServiceServicer_to_server as add_chat

FAST = Retry(first_wait=0.01, longest_wait=0.02)
UNAVAILABLE, EXHAUSTED = grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.RESOURCE_EXHAUSTED


class Failing(ChatServiceServicer):
    """Fails so often, then answers; tells how often it was asked, and with what."""

    def __init__(self, failures: int, code: grpc.StatusCode, retry_after: float | None = None, after_messages: int = 0) -> None:
        self.failures, self.code, self.retry_after, self.after_messages = failures, code, retry_after, after_messages
        self.asked: list[dict[str, str]] = []
        self.failed = threading.Event()

    def Complete(self, request: ChatRequest, context: Any) -> ChatCompletion:
        self._fail(context)
        return ChatCompletion(model=request.model)

    def Stream(self, request: ChatRequest, context: Any) -> Iterator[ChatChunk]:
        for _ in range(self.after_messages):
            yield ChatChunk(choices=[ChunkChoice(delta=Delta(content="a"))])
        self._fail(context)
        yield ChatChunk(choices=[ChunkChoice(delta=Delta(content="b"))])

    def _fail(self, context: Any) -> None:
        self.asked.append(dict(context.invocation_metadata()))
        if len(self.asked) > self.failures:
            return
        details = [AnyMessage(), AnyMessage()]
        details[0].Pack(ErrorInfo(domain="tandem", reason="overloaded"))
        if self.retry_after is not None:
            details[1].Pack(RetryInfo(retry_delay=Duration(nanos=int(self.retry_after * 1e9) % 10**9, seconds=int(self.retry_after))))
        status = Status(code=self.code.value[0], message="too much", details=details)
        context.set_trailing_metadata([("grpc-status-details-bin", status.SerializeToString())])
        self.failed.set()
        context.abort(self.code, "too much")


@contextmanager
def served(chat: Failing) -> Iterator[str]:
    server = grpc.server(futures.ThreadPoolExecutor(4))
    add_chat(chat, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield f"127.0.0.1:{port}"
    finally:
        server.stop(None).wait()


def test_the_policy_is_that_of_all_clients() -> None:
    assert Retry() == Retry(attempts=4, first_wait=0.2, longest_wait=5.0, patience=30.0, budget=10.0, refill=0.1)


@pytest.mark.parametrize("wrong", [{"attempts": 0}, {"first_wait": -1.0}, {"budget": -1.0}])
def test_what_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"must not be negative|once at least"):
        Retry(**wrong)


@pytest.mark.parametrize(
    ("attempt", "retry_after", "least", "most"),
    [(1, None, 0, 0.2), (2, None, 0, 0.4), (3, None, 0, 0.8), (6, None, 0, 5), (99, None, 0, 5), (1, 2.0, 2.0, 2.2), (3, 30.0, 30.0, 30.8)],
)
def test_waits_grow_and_are_random_and_heed_the_server(attempt: int, retry_after: float | None, least: float, most: float) -> None:
    error = TandemError("", code=UNAVAILABLE, retry_after=retry_after)
    waits = [Retries(Retry(attempts=100)).wait(error, attempt, Deadline(None)) or 0.0 for _ in range(300)]
    assert least <= min(waits) < least + (most - least) / 10
    assert most - (most - least) / 10 < max(waits) <= most


def test_attempts_are_counted() -> None:
    chat = Failing(99, UNAVAILABLE)
    with served(chat) as address, Client(address, retry=Retry(first_wait=0.01)) as client, pytest.raises(TandemError):
        client.chat(ChatRequest())
    assert len(chat.asked) == 4


@pytest.mark.parametrize(("code", "retry_after"), [(UNAVAILABLE, None), (UNAVAILABLE, 0.01), (EXHAUSTED, 0.01)])
def test_what_may_pass_is_tried_again(code: grpc.StatusCode, retry_after: float | None) -> None:
    chat = Failing(2, code, retry_after)
    with served(chat) as address, Client(address, retry=FAST) as client:
        assert client.chat(ChatRequest(model="m")).model == "m"
    assert len(chat.asked) == 3


def test_a_server_that_is_slow_to_connect_is_waited_for() -> None:
    with (
        served(Failing(0, UNAVAILABLE)) as address,
        Stalling(address, slow=0.6) as between,
        Client(between.address, retry=NO_RETRY) as client,
    ):
        assert client.chat(ChatRequest(model="m")).model == "m"


def test_streams_are_tried_again_before_their_first_message() -> None:
    chat = Failing(2, UNAVAILABLE)
    with served(chat) as address, Client(address, retry=FAST) as client:
        assert [text_of(chunk) for chunk in client.stream(ChatRequest())] == ["b"]
    assert len(chat.asked) == 3


def test_streams_are_not_tried_again_after_it() -> None:
    chat = Failing(1, UNAVAILABLE, after_messages=2)
    come = []
    with served(chat) as address, Client(address, retry=FAST) as client, pytest.raises(TandemError) as caught:
        for chunk in client.stream(ChatRequest()):
            come.append(text_of(chunk))
    assert come == ["a", "a"]
    assert (caught.value.code, caught.value.reason) == (UNAVAILABLE, "overloaded")
    assert len(chat.asked) == 1


@pytest.mark.parametrize(
    ("code", "retry_after"),
    [(EXHAUSTED, None), (grpc.StatusCode.INVALID_ARGUMENT, None), (grpc.StatusCode.INTERNAL, 0.01), (UNAVAILABLE, 31.0)],
)
def test_what_does_not_pass_is_not_tried_again(code: grpc.StatusCode, retry_after: float | None) -> None:
    chat = Failing(1, code, retry_after)
    with served(chat) as address, Client(address, retry=FAST) as client, pytest.raises(TandemError) as caught:
        client.chat(ChatRequest())
    assert caught.value.retry_after == retry_after
    assert len(chat.asked) == 1


def test_a_wait_beyond_the_deadline_is_not_begun() -> None:
    chat = Failing(1, UNAVAILABLE, 20.0)
    with served(chat) as address, Client(address, retry=FAST) as client, pytest.raises(TandemError) as caught:
        client.chat(ChatRequest(), timeout=5)
    assert (caught.value.code, len(chat.asked)) == (UNAVAILABLE, 1)


@pytest.mark.parametrize("streams", [True, False])
def test_a_client_whose_calls_wait_may_be_closed(streams: bool) -> None:
    def close() -> None:
        chat.failed.wait(20)
        while not client._retries._waiting:
            time.sleep(0.01)
        client.close()

    chat = Failing(1, UNAVAILABLE, 20.0)
    with served(chat) as address, Client(address) as client:
        closer = threading.Thread(target=close)
        closer.start()
        begin = time.monotonic()
        with pytest.raises(TandemError) as caught:
            _ = list(client.stream(ChatRequest())) if streams else client.chat(ChatRequest())
        assert time.monotonic() - begin < 15
        assert caught.value.code is grpc.StatusCode.CANCELLED
        closer.join()
    assert len(chat.asked) == 1


def test_a_stream_that_waits_may_be_closed() -> None:
    def close() -> None:
        chat.failed.wait(20)
        stream.close()

    chat = Failing(1, UNAVAILABLE, 20.0)
    with served(chat) as address, Client(address) as client:
        stream = client.stream(ChatRequest())
        closer = threading.Thread(target=close)
        closer.start()
        begin = time.monotonic()
        assert list(stream) == []
        assert time.monotonic() - begin < 10
        closer.join()
    assert len(chat.asked) == 1


@pytest.mark.anyio
async def test_a_stream_that_waits_may_be_closed_with_asyncio() -> None:
    chat = Failing(1, UNAVAILABLE, 20.0)
    with served(chat) as address:
        async with AsyncClient(address) as client:
            stream = client.stream(ChatRequest())
            reading = asyncio.ensure_future(anext(stream, None))
            assert await asyncio.to_thread(chat.failed.wait, 20)
            begin = time.monotonic()
            stream.close()
            assert await reading is None
            assert time.monotonic() - begin < 10
    assert len(chat.asked) == 1


def test_the_budget_ends_retries_until_answers_refill_it() -> None:
    retries = Retries(Retry(attempts=100, budget=4, refill=1))
    error = TandemError("", code=UNAVAILABLE)
    allowed = [retries.wait(error, 1, Deadline(None)) is not None for _ in range(4)]
    assert allowed == [True, False, False, False]
    for _ in range(10):
        retries.succeeded()
    assert retries.wait(error, 1, Deadline(None)) is not None


def test_each_attempt_shows_a_fresh_key() -> None:
    keys = iter(["one", "two"])
    chat = Failing(1, UNAVAILABLE)
    with served(chat) as address, Client(address, retry=FAST, api_key=lambda: next(keys)) as client:
        client.chat(ChatRequest())
    assert [asked["authorization"] for asked in chat.asked] == ["Bearer one", "Bearer two"]
    assert all(asked["user-agent"].startswith("tandem-client-python/") for asked in chat.asked)


@pytest.mark.anyio
async def test_asyncio_tries_again_too() -> None:
    chat = Failing(2, UNAVAILABLE)
    with served(chat) as address:
        async with AsyncClient(address, retry=FAST) as client:
            assert [text_of(chunk) async for chunk in client.stream(ChatRequest())] == ["b"]
            assert len(chat.asked) == 3
            chat.asked.clear()
            assert (await client.chat(ChatRequest(model="m"))).model == "m"
    assert len(chat.asked) == 3
