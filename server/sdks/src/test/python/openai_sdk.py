"""The official OpenAI SDK for Python, unmodified."""

import asyncio
import json

import openai
from tandem_test import (
    BASE_URL, CAPITAL, CITY, CONVERSATION, EMBEDDING_MODEL, ENDLESS, KEY, MODEL, PARTS, SOON, STRANGE_FORM, STRANGE_FORM_PLACE, STRANGE_TOOL,
    STRANGE_TOOL_PLACE, STREAMS_TO_LEAVE, TOO_LONG, WEATHER, refused,
)

GREEDY = {"model": MODEL, "temperature": 0, "max_tokens": 12}


def completes(client):
    answer = client.chat.completions.create(messages=CAPITAL, **GREEDY)
    choice = answer.choices[0]
    assert answer.object == "chat.completion" and answer.id.startswith("chatcmpl-"), answer
    assert choice.message.role == "assistant" and "Paris" in choice.message.content, answer
    assert choice.finish_reason in ("stop", "length") and choice.index == 0, answer
    usage = answer.usage
    assert usage.prompt_tokens > 0 and usage.total_tokens == usage.prompt_tokens + usage.completion_tokens, usage
    return choice.message.content


def streams(client, expected):
    text, usage, finish = "", None, None
    for chunk in client.chat.completions.create(messages=CAPITAL, stream=True, stream_options={"include_usage": True}, **GREEDY):
        assert chunk.object == "chat.completion.chunk", chunk
        usage = chunk.usage or usage
        for choice in chunk.choices:
            text += choice.delta.content or ""
            finish = choice.finish_reason or finish
    assert text == expected, (text, expected)
    assert finish in ("stop", "length") and usage.completion_tokens > 0, (finish, usage)


def streams_with_the_helper(client, expected):
    with client.chat.completions.stream(messages=CAPITAL, **GREEDY) as stream:
        deltas = [event.delta for event in stream if event.type == "content.delta"]
        assert stream.get_final_completion().choices[0].message.content == expected == "".join(deltas), deltas


def holds_a_conversation(client):
    answer = client.chat.completions.create(messages=CONVERSATION, **GREEDY)
    assert "Rome" in answer.choices[0].message.content, answer


def takes_every_form_of_content(client, expected):
    assert client.chat.completions.create(messages=PARTS, **GREEDY).choices[0].message.content == expected


def obeys_the_parameters(client):
    create = client.chat.completions.create
    stopped = create(messages=CAPITAL, stop="Paris", **GREEDY).choices[0]
    assert "Paris" not in stopped.message.content and stopped.finish_reason == "stop", stopped
    short = create(model=MODEL, messages=CAPITAL, max_completion_tokens=2)
    assert short.choices[0].finish_reason == "length" and short.usage.completion_tokens == 2, short
    several = create(model=MODEL, messages=CAPITAL, n=2, seed=7, max_tokens=8)
    assert [choice.index for choice in several.choices] == [0, 1], several
    free, one_way = {**GREEDY, "temperature": 1.5}, {"top_k": 1}
    assert create(messages=CAPITAL, seed=1, extra_body=one_way, **free).choices == create(messages=CAPITAL, extra_body=one_way, **GREEDY).choices
    seeded = [create(messages=CAPITAL, seed=42, **free).choices[0].message.content for _ in range(2)]
    assert seeded[0] == seeded[1], seeded


def tells_logprobs(client):
    answer = client.chat.completions.create(messages=CAPITAL, logprobs=True, top_logprobs=3, **GREEDY)
    tokens = answer.choices[0].logprobs.content
    assert all(token.logprob <= 0 and len(token.top_logprobs) == 3 for token in tokens), tokens
    assert bytes(b for token in tokens for b in token.bytes).decode() == answer.choices[0].message.content, tokens


def lists_models(client):
    models = [model.id for model in client.models.list()]
    default = client.models.retrieve(MODEL)
    assert default.object == "model" and default.id in models, (default, models)
    assert client.models.retrieve(default.id) == default
    assert refused(openai.NotFoundError, client.models.retrieve, model="nobody").code == "model_not_found"


def calls_tools(client):
    asked = {"model": MODEL, "messages": [{"role": "user", "content": "What is the weather in Paris?"}], "temperature": 0, "max_tokens": 200}
    answer = client.chat.completions.create(tools=[WEATHER], tool_choice="required", parallel_tool_calls=False, **asked)
    (call,) = answer.choices[0].message.tool_calls
    assert answer.choices[0].finish_reason == "tool_calls" and call.id and call.function.name == "weather", answer
    assert list(json.loads(call.function.arguments)) == ["city"], call


def keeps_to_schemas(client):
    form = {"type": "json_schema", "json_schema": {"name": "city", "strict": True, "schema": CITY}}
    answer = client.chat.completions.create(messages=CAPITAL, model=MODEL, temperature=0, max_tokens=200, response_format=form)
    assert list(json.loads(answer.choices[0].message.content)) == ["city"], answer


def refuses_what_is_wrong(client):
    def refuses(error, code, param, **wrong):
        e = refused(error, client.chat.completions.create, **{"messages": CAPITAL, **GREEDY, **wrong})
        assert (e.code, e.param) == (code, param) and e.request_id and e.body["message"], (e.code, e.param, e.body)
        return e

    refuses(openai.NotFoundError, "model_not_found", "model", model="nobody")
    assert refuses(openai.UnprocessableEntityError, "validation_failed", "temperature", temperature=3).body["details"]
    refuses(openai.UnprocessableEntityError, "validation_failed", "messages", messages=[])
    refuses(openai.BadRequestError, "context_length_exceeded", "messages", messages=TOO_LONG)
    refuses(openai.BadRequestError, "unsupported_value", "temprature", extra_body={"temprature": 1})
    refuses(openai.BadRequestError, "unsupported_value", STRANGE_TOOL_PLACE, tools=[STRANGE_TOOL])
    refuses(openai.BadRequestError, "unsupported_value", STRANGE_FORM_PLACE, response_format=STRANGE_FORM)
    refuses(openai.NotFoundError, "model_not_found", "model", model="nobody", stream=True)


def leaves_streams(client):
    for _ in range(STREAMS_TO_LEAVE):
        with client.chat.completions.create(model=MODEL, messages=CAPITAL, stream=True, logit_bias=ENDLESS) as stream:
            next(chunk for chunk in stream if chunk.choices and chunk.choices[0].delta.content)
    completes(client.with_options(timeout=SOON))


def gives_up_in_time(client):
    endless = {"model": MODEL, "messages": CAPITAL, "logit_bias": ENDLESS}
    refused(openai.APITimeoutError, client.with_options(timeout=0.3).chat.completions.create, **endless)
    e = refused(openai.InternalServerError, client.chat.completions.create, extra_headers={"x-request-timeout": "0.3"}, **endless)
    assert (e.status_code, e.code, e.type) == (504, "deadline_exceeded", "timeout_error"), e.body
    refused(openai.APIConnectionError, client.with_options(base_url="http://127.0.0.1:1/v1").models.list)
    completes(client.with_options(timeout=SOON))


async def works_asynchronously(expected):
    async with openai.AsyncOpenAI(base_url=BASE_URL, api_key=KEY, max_retries=0) as client:
        answers = await asyncio.gather(*[client.chat.completions.create(messages=CAPITAL, **GREEDY) for _ in range(4)])
        assert [answer.choices[0].message.content for answer in answers] == [expected] * 4, answers
        stream = await client.chat.completions.create(messages=CAPITAL, stream=True, **GREEDY)
        deltas = [chunk.choices[0].delta.content or "" async for chunk in stream if chunk.choices]
        assert "".join(deltas) == expected, deltas
        for _ in range(STREAMS_TO_LEAVE):
            stream = await client.chat.completions.create(model=MODEL, messages=CAPITAL, stream=True, logit_bias=ENDLESS)
            async for _ in stream:
                break
            await stream.close()
        assert await client.with_options(timeout=SOON).chat.completions.create(messages=CAPITAL, **GREEDY)


def completes_a_text(client):
    answer = client.completions.create(prompt="The capital of France is", **GREEDY)
    assert answer.object == "text_completion" and "Paris" in answer.choices[0].text, answer
    deltas = [chunk.choices[0].text for chunk in client.completions.create(prompt="The capital of France is", stream=True, **GREEDY) if chunk.choices]
    assert "".join(deltas) == answer.choices[0].text, deltas
    echoed = client.completions.create(prompt=["One, two,", "A, b,"], echo=True, **GREEDY)
    assert [choice.text.split(",")[0] for choice in echoed.choices] == ["One", "A"], echoed


def embeds(client):
    texts = ["a cat", "a kitten", "a tax return"]
    # the SDK asks for base64 by itself unless a format is named
    answer = client.embeddings.create(model=EMBEDDING_MODEL, input=texts)
    cat, kitten, tax = [item.embedding for item in answer.data]
    assert len(cat) == 384 and [item.index for item in answer.data] == [0, 1, 2] and answer.usage.prompt_tokens > 0, answer.usage
    assert dot(cat, kitten) > dot(cat, tax), (dot(cat, kitten), dot(cat, tax))
    floats = client.embeddings.create(model=EMBEDDING_MODEL, input="a cat", encoding_format="float").data[0].embedding
    assert abs(dot(floats, cat) - 1) < 1e-3, dot(floats, cat)


def dot(a, b):
    return sum(x * y for x, y in zip(a, b))


def continues_texts(client):
    def create(**arguments):
        return client.completions.create(**{"model": "default", "temperature": 0, "max_tokens": 8, **arguments})

    prompt = "The capital of France is"
    answer = create(prompt=prompt)
    text = answer.choices[0].text
    assert answer.object == "text_completion" and answer.id.startswith("cmpl-") and "Paris" in text, answer
    assert answer.usage.completion_tokens == 8 and answer.choices[0].finish_reason == "length", answer
    tokens = client.post("/tokenize", body={"model": "default", "prompt": prompt}, cast_to=object)["tokens"]
    assert create(prompt=tokens).choices[0].text == text
    several = create(prompt=[prompt, "Once upon a"], n=2)
    assert [choice.index for choice in several.choices] == [0, 1, 2, 3] and several.choices[0].text == text, several
    assert len(create(prompt=[tokens, tokens[:2]]).choices) == 2
    echoed = create(prompt=prompt, echo=True, logprobs=2)
    columns = echoed.choices[0].logprobs
    assert echoed.choices[0].text == prompt + text and "".join(columns.tokens) == prompt + text, echoed
    assert columns.token_logprobs[0] is None and columns.top_logprobs[0] is None, columns
    assert all(logprob <= 0 for logprob in columns.token_logprobs[1:]) and len(columns.top_logprobs[1]) >= 2, columns
    assert all(echoed.choices[0].text[offset:].startswith(token) for token, offset in zip(columns.tokens, columns.text_offset)), columns
    pieces = list(create(prompt=prompt, stream=True, stream_options={"include_usage": True}))
    assert "".join(choice.text for piece in pieces for choice in piece.choices) == text, pieces
    assert pieces[-1].usage == answer.usage.model_copy(update={"prompt_tokens_details": pieces[-1].usage.prompt_tokens_details}), pieces[-1]


def joins_tokens(client):
    body = {"model": "default", "messages": CAPITAL, "return_token_strs": True}
    split = client.post("/tokenize", body=body, cast_to=object)
    assert split["count"] == len(split["tokens"]) == len(split["token_strs"]) <= split["max_model_len"], split
    joined = client.post("/detokenize", body={"model": "default", "tokens": split["tokens"]}, cast_to=object)
    assert CAPITAL[0]["content"] in joined["prompt"], joined


def refuses_what_a_chat_model_cannot(client):
    try:
        client.embeddings.create(model="default", input="hi")
    except openai.BadRequestError as e:
        assert e.code == "unsupported_value" and e.param == "model", e.body
    else:
        raise AssertionError("a chat model made embeddings")


def main():
    with openai.OpenAI(base_url=BASE_URL, api_key=KEY, max_retries=0) as client:
        expected = completes(client)
        streams(client, expected)
        streams_with_the_helper(client, expected)
        holds_a_conversation(client)
        takes_every_form_of_content(client, expected)
        obeys_the_parameters(client)
        tells_logprobs(client)
        lists_models(client)
        continues_texts(client)
        joins_tokens(client)
        refuses_what_a_chat_model_cannot(client)
        calls_tools(client)
        keeps_to_schemas(client)
        refuses_what_is_wrong(client)
        leaves_streams(client)
        gives_up_in_time(client)
        completes_a_text(client)
        embeds(client)
    asyncio.run(works_asynchronously(expected))
    print("openai is content")


if __name__ == "__main__":
    main()
