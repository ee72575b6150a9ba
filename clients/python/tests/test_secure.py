"""Keys and TLS, with a server that asks for both."""

from __future__ import annotations

import os
from dataclasses import dataclass

import grpc
import pytest
from requests_of_tests import CAPITAL

from tandem_client import NO_RETRY, AsyncClient, Client, TandemError, Tls, text_of


@dataclass
class Secure:
    address: str
    key: str
    tls: Tls


@pytest.fixture
def secure() -> Secure:
    address = os.environ.get("TANDEM_SECURE_ADDRESS")
    if not address:
        pytest.skip("TANDEM_SECURE_ADDRESS names no server with TLS and keys; TANDEM_SECURE_KEY and TANDEM_CA belong to it")
    return Secure(address, os.environ["TANDEM_SECURE_KEY"], Tls(ca=os.environ["TANDEM_CA"]))


def test_a_key_over_tls(secure: Secure) -> None:
    with Client(secure.address, api_key=secure.key, tls=secure.tls) as client:
        assert "Paris" in "".join(text_of(chunk) for chunk in client.stream(CAPITAL))


@pytest.mark.anyio
async def test_a_key_over_tls_with_asyncio(secure: Secure) -> None:
    async with AsyncClient(secure.address, api_key=lambda: secure.key, tls=secure.tls) as client:
        assert "Paris" in "".join([text_of(chunk) async for chunk in client.stream(CAPITAL)])


@pytest.mark.parametrize(("key", "reason"), [(None, "unauthenticated"), ("tdm_wrong", "invalid_credentials")])
def test_without_a_good_key(secure: Secure, key: str | None, reason: str) -> None:
    with Client(secure.address, api_key=key, tls=secure.tls) as client, pytest.raises(TandemError) as caught:
        client.chat(CAPITAL)
    assert (caught.value.code, caught.value.reason) == (grpc.StatusCode.UNAUTHENTICATED, reason)


def test_a_server_that_is_not_trusted(secure: Secure) -> None:
    with Client(secure.address, api_key=secure.key, tls=True, retry=NO_RETRY) as client, pytest.raises(TandemError) as caught:
        client.chat(CAPITAL, timeout=20)
    assert caught.value.code is grpc.StatusCode.UNAVAILABLE
