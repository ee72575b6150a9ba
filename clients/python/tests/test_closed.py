"""Clients that were closed, or made with what cannot be."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from concurrent import futures
from typing import Any

import grpc
import pytest

from tandem_client import AsyncClient, Client, TandemError
from tandem_client.v1 import ChatChunk, ChatCompletion, ChatRequest, ChatServiceServicer
from tandem_client.v1 import add_ChatServiceServicer_to_server as add_chat

CANCELLED = grpc.StatusCode.CANCELLED


class Quiet(ChatServiceServicer):
    """Answers late, or sends one message and then nothing more."""

    def __init__(self) -> None:
        self.asked = threading.Semaphore(0)
        self.over = threading.Event()

    def Complete(self, _request: ChatRequest, _context: Any) -> ChatCompletion:
        self.asked.release()
        self.over.wait(20)
        return ChatCompletion()

    def Stream(self, _request: ChatRequest, _context: Any) -> Iterator[ChatChunk]:
        yield ChatChunk()
        self.over.wait(20)


@pytest.fixture
def quiet() -> Iterator[tuple[str, Quiet]]:
    chat = Quiet()
    server = grpc.server(futures.ThreadPoolExecutor(4))
    add_chat(chat, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    yield f"127.0.0.1:{port}", chat
    chat.over.set()
    server.stop(None).wait()


def test_closing_ends_what_runs_and_what_comes_later(quiet: tuple[str, Quiet]) -> None:
    client = Client(quiet[0])
    stream = client.stream(ChatRequest())
    next(stream)
    client.close()
    for call in (lambda: next(stream), lambda: client.chat(ChatRequest()), lambda: client.stream(ChatRequest())):
        with pytest.raises(TandemError) as caught:
            call()
        assert caught.value.code is CANCELLED


@pytest.mark.anyio
async def test_closing_ends_what_runs_and_what_comes_later_with_asyncio(quiet: tuple[str, Quiet]) -> None:
    address, chat = quiet
    client = AsyncClient(address)
    stream = client.stream(ChatRequest())
    await anext(stream)
    reading = asyncio.ensure_future(anext(stream))
    waiting = asyncio.ensure_future(client.chat(ChatRequest()))
    assert await asyncio.to_thread(chat.asked.acquire, True, 20)
    await client.close()
    for call in (reading, waiting, client.chat(ChatRequest())):
        with pytest.raises(TandemError) as caught:
            await call
        assert caught.value.code is CANCELLED
    with pytest.raises(TandemError):
        client.stream(ChatRequest())


@pytest.mark.parametrize("key", ["tdm_secret\n", "tdm secret", "tdm_sécret"])
def test_a_key_that_no_header_can_carry_is_not_shown(key: str) -> None:
    with Client("127.0.0.1:1", api_key=key) as client, pytest.raises(TandemError) as caught:
        client.chat(ChatRequest())
    assert caught.value.code is grpc.StatusCode.UNAUTHENTICATED
    assert "cret" not in str(caught.value)
    assert "cret" not in repr(client)


@pytest.mark.parametrize("address", ["http://127.0.0.1:8080", "https://tandem.example"])
def test_an_address_is_no_url(address: str) -> None:
    with pytest.raises(ValueError, match="without a scheme"):
        Client(address)
