"""LiteLLM as a client, unmodified, with its provider for servers that speak the OpenAI API."""

import asyncio

import litellm
from tandem_test import (
    BASE_URL, CAPITAL, CONVERSATION, EMBEDDING_MODEL, ENDLESS, KEY, MODEL, PARTS, SOON, STRANGE_FORM, STRANGE_FORM_PLACE, STRANGE_TOOL,
    STRANGE_TOOL_PLACE, STREAMS_TO_LEAVE, TOO_LONG, refused,
)

litellm.telemetry = False
litellm.suppress_debug_info = True

SERVER = {"api_base": BASE_URL, "api_key": KEY, "max_retries": 0}


def call(**settings):
    return {"model": "openai/" + MODEL, "messages": CAPITAL, "temperature": 0, "max_tokens": 12, **SERVER, **settings}


def said(answer):
    return answer.choices[0].message.content


def completes():
    answer = litellm.completion(**call())
    assert "Paris" in said(answer) and answer.choices[0].finish_reason in ("stop", "length"), answer
    assert answer.usage.total_tokens == answer.usage.prompt_tokens + answer.usage.completion_tokens > 0, answer.usage
    return said(answer)


def streams(expected):
    chunks = list(litellm.completion(**call(stream=True, stream_options={"include_usage": True})))
    text = "".join(choice.delta.content or "" for chunk in chunks for choice in chunk.choices)
    assert text == expected and chunks[-1].usage.completion_tokens > 0, (text, chunks[-1])
    assert said(litellm.stream_chunk_builder(chunks)) == expected


def holds_a_conversation(expected):
    assert "Rome" in said(litellm.completion(**call(messages=CONVERSATION)))
    assert said(litellm.completion(**call(messages=PARTS))) == expected


def obeys_the_parameters():
    assert "Paris" not in said(litellm.completion(**call(stop=["Paris"])))
    assert litellm.completion(**call(max_tokens=2)).usage.completion_tokens == 2
    seeded = call(temperature=1.5, seed=42)
    assert said(litellm.completion(**seeded)) == said(litellm.completion(**seeded))
    tokens = litellm.completion(**call(logprobs=True, top_logprobs=2)).choices[0].logprobs.content
    assert all(len(token.top_logprobs) == 2 for token in tokens), tokens
    assert len(litellm.completion(**call(n=2, temperature=1)).choices) == 2
    assert "Paris" in said(litellm.completion(**call(temperature=1.5, extra_body={"top_k": 1})))


def refuses_what_is_wrong():
    def refuses(status, code, param, **wrong):
        e = refused(litellm.BadRequestError, litellm.completion, **call(**wrong))
        assert (e.status_code, e.code, e.param) == (status, code, param), (e, e.body)

    # LiteLLM keeps no code with a 404, only the message
    e = refused(litellm.NotFoundError, litellm.completion, **call(model="openai/nobody"))
    assert e.status_code == 404 and "no model 'nobody'" in e.message, e
    refuses(422, "validation_failed", "temperature", temperature=3)
    e = refused(litellm.ContextWindowExceededError, litellm.completion, **call(messages=TOO_LONG))
    assert e.status_code == 400 and "maximum context length is 2048 tokens" in e.message, e
    refuses(400, "unsupported_value", STRANGE_TOOL_PLACE, tools=[STRANGE_TOOL])
    refuses(400, "unsupported_value", STRANGE_FORM_PLACE, response_format=STRANGE_FORM)


def leaves_streams_and_gives_up_in_time():
    endless = {"max_tokens": None, "logit_bias": ENDLESS}
    for _ in range(STREAMS_TO_LEAVE):
        stream = litellm.completion(**call(stream=True, **endless))
        next(chunk for chunk in stream if chunk.choices[0].delta.content)
        stream.completion_stream.close()
    completes()
    refused(litellm.Timeout, litellm.completion, **call(timeout=0.3, **endless))
    litellm.completion(**call(timeout=SOON))


async def works_asynchronously(expected):
    assert said(await litellm.acompletion(**call())) == expected
    stream = await litellm.acompletion(**call(stream=True))
    assert "".join([chunk.choices[0].delta.content or "" async for chunk in stream]) == expected


def completes_a_text():
    text = {"model": "text-completion-openai/" + MODEL, "prompt": "The capital of France is", "temperature": 0, "max_tokens": 12, **SERVER}
    assert "Paris" in litellm.text_completion(**text).choices[0].text


def embeds():
    answer = litellm.embedding(model="openai/" + EMBEDDING_MODEL, input=["a cat", "a tax return"], encoding_format="float", **SERVER)
    assert [len(item["embedding"]) for item in answer.data] == [384, 384] and answer.usage.prompt_tokens > 0, answer.usage


def main():
    expected = completes()
    streams(expected)
    holds_a_conversation(expected)
    obeys_the_parameters()
    refuses_what_is_wrong()
    leaves_streams_and_gives_up_in_time()
    asyncio.run(works_asynchronously(expected))
    completes_a_text()
    embeds()
    print("litellm is content")


if __name__ == "__main__":
    main()
