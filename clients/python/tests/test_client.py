from __future__ import annotations

import threading

import grpc
import pytest
from pydantic import BaseModel
from requests_of_tests import ADA, CAPITAL, ENDLESS, PERSON, STREAMS_TO_LEAVE, TWO, UNKNOWN, WITH_USAGE, WRONG

from tandem_client import NO_RETRY, Client, TandemError, Violation, embedding_request, text_of
from tandem_client.v1 import CAPABILITY_CHAT, ChatRequest, ExtractRequest, InputUsage, TokenizeRequest, TokenServiceStub


class Person(BaseModel):
    name: str
    born: int


def test_a_whole_answer(client: Client) -> None:
    answer = client.chat(CAPITAL)
    assert "Paris" in text_of(answer)
    assert answer.usage.total_tokens == answer.usage.prompt_tokens + answer.usage.completion_tokens > 0


def test_a_stream_says_what_the_whole_answer_says(client: Client) -> None:
    pieces = [text_of(chunk) for chunk in client.stream(CAPITAL)]
    assert len(pieces) > 3
    assert "".join(pieces) == text_of(client.chat(CAPITAL))


def test_the_usage_comes_in_a_chunk_without_text(client: Client) -> None:
    last = list(client.stream(WITH_USAGE))[-1]
    assert text_of(last) == ""
    assert last.usage.completion_tokens > 0


def test_leaving_the_loop_ends_the_call(client: Client) -> None:
    for _ in range(STREAMS_TO_LEAVE):
        for _chunk in client.stream(ENDLESS):
            break
    assert text_of(client.chat(CAPITAL, timeout=20))


def test_leaving_the_block_ends_the_call(client: Client) -> None:
    for _ in range(STREAMS_TO_LEAVE):
        with client.stream(ENDLESS) as chunks:
            assert next(chunks).model
    assert list(chunks) == []
    assert text_of(client.chat(CAPITAL, timeout=20))


def test_another_thread_may_close(client: Client) -> None:
    def close() -> None:
        begun.wait(20)
        chunks.close()

    chunks, begun = client.stream(ENDLESS), threading.Event()
    closer = threading.Thread(target=close)
    closer.start()
    for _chunk in chunks:
        begun.set()
    closer.join()


def test_a_deadline(client: Client) -> None:
    with pytest.raises(TandemError) as caught:
        list(client.stream(ENDLESS, timeout=0.5))
    assert caught.value.code is grpc.StatusCode.DEADLINE_EXCEEDED


def test_every_broken_rule_is_told(client: Client) -> None:
    with pytest.raises(TandemError) as caught:
        client.chat(WRONG, headers={"X-Request-Id": "from-a-test"})
    error = caught.value
    assert (error.code, error.reason, error.param) == (grpc.StatusCode.INVALID_ARGUMENT, "validation_failed", "temperature")
    assert error.violations == (
        Violation("temperature", "double.gte_lte", "Must be from 0 to 2."),
        Violation("top_p", "double.gte_lte", "Must be from 0 to 1."),
    )
    assert error.request_id == "from-a-test"
    assert error.retry_after is None
    assert str(error).startswith("INVALID_ARGUMENT validation_failed: temperature: Must be from 0 to 2.")


def test_a_stream_fails_with_the_same_error(client: Client) -> None:
    with pytest.raises(TandemError) as caught:
        next(client.stream(UNKNOWN))
    assert (caught.value.code, caught.value.reason, caught.value.param) == (grpc.StatusCode.NOT_FOUND, "model_not_found", "model")
    assert caught.value.request_id


def test_a_dict_by_its_schema(client: Client) -> None:
    person = client.extract(PERSON, ADA)
    assert set(person) == {"name", "born"}
    assert person["born"] == 1815


def test_a_pydantic_model(client: Client) -> None:
    person = client.extract(Person, ADA)
    assert isinstance(person, Person)
    assert "Ada" in person.name


def test_a_protobuf_message(client: Client) -> None:
    usage = client.extract(InputUsage, ExtractRequest(model="default", text="7 prompt tokens, 7 total tokens", max_tokens=100))
    assert isinstance(usage, InputUsage)
    assert usage.total_tokens > 0


def test_what_is_no_type_is_refused(client: Client) -> None:
    with pytest.raises(TypeError, match="no protobuf message, no pydantic model and no JSON Schema"):
        client.extract(str, ADA)  # type: ignore[type-var]


def test_items_come_one_by_one(client: Client) -> None:
    people = client.extract_items(Person, TWO)
    assert all(isinstance(person, Person) for person in people)
    assert people.end is not None
    assert (people.end.items, len(people.end.rejected)) == (2, 0)


def test_an_object_that_grows(client: Client) -> None:
    wanted = ExtractRequest(
        model="default", text=ADA.text, max_tokens=64, schema='{"type":"object","properties":{"name":{"type":"string"}}}'
    )
    pieces = list(client.extract_partial(wanted))
    assert [piece.complete for piece in pieces][-1]
    assert not pieces[0].complete


def test_vectors(client: Client) -> None:
    answer = client.embed(embedding_request("all-MiniLM-L6-v2", "A cat sleeps.", "A kitten naps."))
    assert [len(each.embedding.floats) for each in answer.data] == [384, 384]


def test_models(client: Client) -> None:
    names = [model.id for model in client.models()]
    assert "all-MiniLM-L6-v2" in names
    assert CAPABILITY_CHAT in client.model("default").capabilities


def test_any_method_by_a_stub(client: Client) -> None:
    tokens = TokenServiceStub(client.channel)
    answer = client.unary(tokens.Tokenize, TokenizeRequest(model="default", prompt="Once upon a time"))
    assert answer.count == len(answer.tokens) > 0


def test_a_server_that_is_not_there() -> None:
    with Client("127.0.0.1:1", retry=NO_RETRY) as nobody, pytest.raises(TandemError) as caught:
        nobody.chat(ChatRequest())
    assert (caught.value.code, caught.value.reason) == (grpc.StatusCode.UNAVAILABLE, "")
