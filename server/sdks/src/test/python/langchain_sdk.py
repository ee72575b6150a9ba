"""LangChain for Python with langchain-openai, unmodified."""

import asyncio

import openai
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_openai import ChatOpenAI, OpenAI, OpenAIEmbeddings
from tandem_test import (
    BASE_URL, CONVERSATION, EMBEDDING_MODEL, ENDLESS, KEY, MODEL, PARTS, SOON, STRANGE_FORM, STRANGE_TOOL, STREAMS_TO_LEAVE, refused,
)

SERVER = {"base_url": BASE_URL, "api_key": KEY, "max_retries": 0}
QUESTION = "Name the capital of France."


def model(**settings):
    return ChatOpenAI(**{"model": MODEL, "temperature": 0, "max_tokens": 12, **SERVER, **settings})


def invokes():
    answer = model().invoke(QUESTION)
    assert "Paris" in answer.content, answer
    usage = answer.usage_metadata
    assert usage["input_tokens"] > 0 and usage["total_tokens"] == usage["input_tokens"] + usage["output_tokens"], usage
    assert answer.response_metadata["finish_reason"] in ("stop", "length"), answer.response_metadata
    return answer.content


def streams(expected):
    whole = None
    for chunk in model(stream_usage=True).stream(QUESTION):
        whole = chunk if whole is None else whole + chunk
    assert whole.content == expected and whole.usage_metadata["output_tokens"] > 0, whole


def holds_a_conversation(expected):
    said = [message["content"] for message in CONVERSATION]
    messages = [SystemMessage(said[0]), HumanMessage(said[1]), AIMessage(said[2]), HumanMessage(said[3])]
    assert "Rome" in model().invoke(messages).content
    assert model().invoke([HumanMessage(PARTS[0]["content"])]).content == expected


def runs_in_a_chain():
    chain = ChatPromptTemplate.from_messages([("user", "Name the capital of {country}.")]) | model() | StrOutputParser()
    france, italy = chain.batch([{"country": "France"}, {"country": "Italy"}])
    assert "Paris" in france and "Rome" in italy, (france, italy)


def obeys_the_parameters():
    assert "Paris" not in model(stop_sequences=["Paris"]).invoke(QUESTION).content
    assert model(max_tokens=2).invoke(QUESTION).usage_metadata["output_tokens"] == 2
    seeded = model(temperature=1.5, seed=42)
    assert seeded.invoke(QUESTION).content == seeded.invoke(QUESTION).content
    tokens = model(logprobs=True, top_logprobs=2).invoke(QUESTION).response_metadata["logprobs"]["content"]
    assert all(len(token["top_logprobs"]) == 2 for token in tokens), tokens
    generated = model(n=2, temperature=1).generate([[HumanMessage(QUESTION)]])
    assert len(generated.generations[0]) == 2, generated
    assert "Paris" in model(temperature=1.5, extra_body={"top_k": 1}).invoke(QUESTION).content


def refuses_what_is_wrong():
    def refuses(error, code, chat):
        e = refused(error, chat.invoke, input=QUESTION)
        assert e.code == code and e.param, e.body

    refuses(openai.NotFoundError, "model_not_found", model(model="nobody"))
    refuses(openai.UnprocessableEntityError, "validation_failed", model(temperature=3))
    refuses(openai.BadRequestError, "unsupported_value", model().bind_tools([STRANGE_TOOL]))
    refuses(openai.BadRequestError, "unsupported_value", model().bind(response_format=STRANGE_FORM))


def leaves_streams_and_gives_up_in_time():
    endless = {"max_tokens": None, "logit_bias": ENDLESS}
    for _ in range(STREAMS_TO_LEAVE):
        stream = model(**endless).stream(QUESTION)
        next(chunk for chunk in stream if chunk.content)
        stream.close()
    assert model(timeout=SOON).invoke(QUESTION).content
    try:
        model(timeout=0.3, **endless).invoke(QUESTION)
    except openai.APITimeoutError:
        pass
    else:
        raise AssertionError("no time-out")
    assert model(timeout=SOON).invoke(QUESTION).content


async def works_asynchronously(expected):
    assert (await model().ainvoke(QUESTION)).content == expected
    assert "".join([chunk.content async for chunk in model().astream(QUESTION)]) == expected


def completes_a_text():
    text = OpenAI(model=MODEL, temperature=0, max_tokens=12, **SERVER)
    expected = text.invoke("The capital of France is")
    assert "Paris" in expected and "".join(text.stream("The capital of France is")) == expected, expected


def embeds():
    # with the length check it would send tokens of an OpenAI vocabulary, fetched from the net, which are not this model's
    embeddings = OpenAIEmbeddings(model=EMBEDDING_MODEL, check_embedding_ctx_length=False, **SERVER)
    documents = embeddings.embed_documents(["a cat", "a tax return"])
    cat = embeddings.embed_query("a cat")
    assert len(cat) == 384 and len(documents) == 2
    assert abs(sum(x * y for x, y in zip(cat, documents[0])) - 1) < 1e-3


def main():
    expected = invokes()
    streams(expected)
    holds_a_conversation(expected)
    runs_in_a_chain()
    obeys_the_parameters()
    refuses_what_is_wrong()
    leaves_streams_and_gives_up_in_time()
    asyncio.run(works_asynchronously(expected))
    completes_a_text()
    embeds()
    print("langchain is content")


if __name__ == "__main__":
    main()
