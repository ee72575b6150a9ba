from __future__ import annotations

import asyncio

import grpc
import pytest
from requests_of_tests import ADA, CAPITAL, ENDLESS, PERSON, STREAMS_TO_LEAVE, TWO, WRONG

from tandem_client import AsyncClient, TandemError, embedding_request, text_of
from tandem_client.v1 import InputUsage

pytestmark = pytest.mark.anyio


async def test_a_whole_answer(aio_client: AsyncClient) -> None:
    assert "Paris" in text_of(await aio_client.chat(CAPITAL))


async def test_streams_beside_each_other(aio_client: AsyncClient) -> None:
    async def read() -> str:
        return "".join([text_of(chunk) async for chunk in aio_client.stream(CAPITAL)])

    first, second = await asyncio.gather(read(), read())
    assert first == second != ""


async def test_leaving_the_loop_ends_the_call(aio_client: AsyncClient) -> None:
    for _ in range(STREAMS_TO_LEAVE):
        async for _chunk in aio_client.stream(ENDLESS):
            break
    assert text_of(await aio_client.chat(CAPITAL, timeout=20))


async def test_leaving_the_block_ends_the_call(aio_client: AsyncClient) -> None:
    for _ in range(STREAMS_TO_LEAVE):
        async with aio_client.stream(ENDLESS) as chunks:
            assert (await anext(chunks)).model
    assert [chunk async for chunk in chunks] == []
    assert text_of(await aio_client.chat(CAPITAL, timeout=20))


async def test_another_task_may_close(aio_client: AsyncClient) -> None:
    async def read() -> None:
        async for _chunk in chunks:
            begun.set()

    chunks, begun = aio_client.stream(ENDLESS), asyncio.Event()
    task = asyncio.create_task(read())
    await asyncio.wait_for(begun.wait(), 20)
    chunks.close()
    await asyncio.wait_for(task, 20)


async def test_a_task_that_is_cancelled_ends_the_call(aio_client: AsyncClient) -> None:
    async def read() -> None:
        async for _chunk in aio_client.stream(ENDLESS):
            begun.set()

    for _ in range(STREAMS_TO_LEAVE):
        begun = asyncio.Event()
        task = asyncio.create_task(read())
        await asyncio.wait_for(begun.wait(), 20)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert text_of(await aio_client.chat(CAPITAL, timeout=20))


async def test_a_deadline(aio_client: AsyncClient) -> None:
    with pytest.raises(TandemError) as caught:
        async for _chunk in aio_client.stream(ENDLESS, timeout=0.5):
            pass
    assert caught.value.code is grpc.StatusCode.DEADLINE_EXCEEDED


async def test_every_broken_rule_is_told(aio_client: AsyncClient) -> None:
    with pytest.raises(TandemError) as caught:
        await aio_client.chat(WRONG)
    assert [each.field for each in caught.value.violations] == ["temperature", "top_p"]
    assert caught.value.request_id


async def test_typed_values(aio_client: AsyncClient) -> None:
    assert (await aio_client.extract(PERSON, ADA))["born"] == 1815
    assert isinstance(await aio_client.extract(InputUsage, ADA), InputUsage)
    items = aio_client.extract_items(PERSON, TWO)
    assert [item async for item in items]
    assert items.end is not None


async def test_vectors_and_models(aio_client: AsyncClient) -> None:
    answer = await aio_client.embed(embedding_request("all-MiniLM-L6-v2", "A cat sleeps."))
    assert len(answer.data[0].embedding.floats) == 384
    assert (await aio_client.model("default")).id in [model.id for model in await aio_client.models()]
