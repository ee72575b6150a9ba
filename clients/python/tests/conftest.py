from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator

import pytest

from tandem_client import AsyncClient, Client


@pytest.fixture
def address() -> str:
    """The server of TANDEM_ADDRESS, which asks for no key and has no TLS."""
    found = os.environ.get("TANDEM_ADDRESS")
    if not found:
        pytest.skip("TANDEM_ADDRESS names no server: start one and set it to 127.0.0.1:8080")
    return found


@pytest.fixture
def client(address: str) -> Iterator[Client]:
    with Client(address) as made:
        yield made


@pytest.fixture
async def aio_client(address: str) -> AsyncIterator[AsyncClient]:
    async with AsyncClient(address) as made:
        yield made


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
