"""The official OpenAI SDK, unmodified, against a running server with a real model.

Usage: openai_sdk.py BASE_URL     (http://127.0.0.1:8080/v1)
Exits non-zero at the first thing that is not as the SDK's users expect.
"""

import asyncio
import sys

import openai

QUESTION = [{"role": "user", "content": "Name the capital of France."}]


def completes(client):
    answer = client.chat.completions.create(model="default", messages=QUESTION, temperature=0, max_tokens=16)
    choice = answer.choices[0]
    assert answer.object == "chat.completion" and answer.id.startswith("chatcmpl-"), answer
    assert choice.message.role == "assistant" and "Paris" in choice.message.content, answer
    assert choice.finish_reason in ("stop", "length") and choice.index == 0, answer
    usage = answer.usage
    assert usage.prompt_tokens > 0 and usage.total_tokens == usage.prompt_tokens + usage.completion_tokens, usage
    return choice.message.content


def streams(client, expected):
    text, usage, finish = "", None, None
    stream = client.chat.completions.create(
        model="default", messages=QUESTION, temperature=0, max_tokens=16, stream=True, stream_options={"include_usage": True}
    )
    for chunk in stream:
        assert chunk.object == "chat.completion.chunk", chunk
        usage = chunk.usage or usage
        for choice in chunk.choices:
            text += choice.delta.content or ""
            finish = choice.finish_reason or finish
    assert text == expected, (text, expected)
    assert finish in ("stop", "length") and usage.completion_tokens > 0, (finish, usage)


def takes_every_form_of_content(client):
    parts = [{"role": "user", "content": [{"type": "text", "text": "Name the capital "}, {"type": "text", "text": "of France."}]}]
    answer = client.chat.completions.create(model="default", messages=parts, temperature=0, max_tokens=16)
    assert "Paris" in answer.choices[0].message.content, answer


def stops_at_a_text(client):
    answer = client.chat.completions.create(model="default", messages=QUESTION, temperature=0, max_tokens=16, stop="Paris")
    assert "Paris" not in answer.choices[0].message.content, answer
    assert answer.choices[0].finish_reason == "stop", answer


def gives_several_choices(client):
    answer = client.chat.completions.create(model="default", messages=QUESTION, n=2, seed=7, max_tokens=8)
    assert [choice.index for choice in answer.choices] == [0, 1], answer


def tells_logprobs(client):
    answer = client.chat.completions.create(
        model="default", messages=QUESTION, temperature=0, max_tokens=4, logprobs=True, top_logprobs=3
    )
    tokens = answer.choices[0].logprobs.content
    assert len(tokens) == 4 and all(token.logprob <= 0 and len(token.top_logprobs) == 3 for token in tokens), tokens
    assert bytes(b for token in tokens for b in token.bytes).decode() == answer.choices[0].message.content, tokens


def repeats_with_a_seed(client):
    def once():
        return client.chat.completions.create(
            model="default", messages=QUESTION, seed=42, temperature=1.5, max_tokens=12
        ).choices[0].message.content

    assert once() == once()


def lists_models(client):
    models = [model.id for model in client.models.list()]
    default = client.models.retrieve("default")
    assert default.object == "model" and default.id in models, (default, models)
    assert client.models.retrieve(default.id) == default


def refuses(client, error, code, **arguments):
    try:
        client.chat.completions.create(**{"model": "default", "messages": QUESTION, "max_tokens": 4, **arguments})
    except error as e:
        assert e.code == code, (e.code, e.body)
        assert e.request_id, e
    else:
        raise AssertionError(f"{arguments} was not refused")


def refuses_what_is_wrong(client):
    refuses(client, openai.NotFoundError, "model_not_found", model="nobody")
    refuses(client, openai.UnprocessableEntityError, "validation_failed", temperature=3)
    refuses(client, openai.UnprocessableEntityError, "validation_failed", messages=[])
    refuses(client, openai.BadRequestError, "context_length_exceeded", messages=[{"role": "user", "content": "word " * 20000}])
    refuses(client, openai.BadRequestError, "unsupported_value", extra_body={"temprature": 1})


def takes_an_extra_field(client):
    answer = client.chat.completions.create(model="default", messages=QUESTION, max_tokens=8, temperature=0.5, extra_body={"top_k": 1})
    assert answer.choices[0].message.content, answer


async def streams_and_leaves(base_url):
    async with openai.AsyncOpenAI(base_url=base_url, api_key="none", max_retries=0) as client:
        stream = await client.chat.completions.create(
            model="default", messages=[{"role": "user", "content": "Count to one thousand."}], stream=True
        )
        async for chunk in stream:
            if chunk.choices and chunk.choices[0].delta.content:
                break
        await stream.close()


def main():
    base_url = sys.argv[1]
    with openai.OpenAI(base_url=base_url, api_key="none", max_retries=0) as client:
        streams(client, completes(client))
        takes_every_form_of_content(client)
        stops_at_a_text(client)
        gives_several_choices(client)
        tells_logprobs(client)
        repeats_with_a_seed(client)
        lists_models(client)
        refuses_what_is_wrong(client)
        takes_an_extra_field(client)
    asyncio.run(streams_and_leaves(base_url))
    print("the OpenAI SDK is content")


if __name__ == "__main__":
    main()
