"""Calls a server with the client that openapi-python-client made of its document: generated_client.py BASE_URL MODEL"""

import sys

from tandem_client import Client
from tandem_client.api.chat_service import chat_complete
from tandem_client.api.embedding_service import embed
from tandem_client.api.model_service import get_model, list_models
from tandem_client.models import (
    ChatCompletion,
    ChatMessage,
    ChatMessageRole,
    ChatRequest,
    ContentPartText,
    EmbeddingRequest,
    EmbeddingResponse,
    Error,
)

base_url, model = sys.argv[1:]
client = Client(base_url=base_url)

assert model in [each.id for each in list_models.sync(client=client).data]

answer = chat_complete.sync(
    client=client,
    body=ChatRequest(
        model=model,
        temperature=0,
        messages=[
            ChatMessage(role=ChatMessageRole.SYSTEM, content="Be short."),
            ChatMessage(role=ChatMessageRole.USER, content=[ContentPartText(text="Hi")]),
        ],
    ),
)
assert isinstance(answer, ChatCompletion), answer
assert answer.choices[0].message.content == "Hello there", answer

vectors = embed.sync(client=client, body=EmbeddingRequest(model=model, input_=["one", "two"]))
assert isinstance(vectors, EmbeddingResponse), vectors
assert [each.index for each in vectors.data] == [0, 1]
assert len(vectors.data[0].embedding) > 1

unknown = get_model.sync(client=client, model="nobody")
assert isinstance(unknown, Error), unknown
assert unknown.error.code == "model_not_found", unknown

wrong = chat_complete.sync_detailed(client=client, body=ChatRequest(model=model, messages=[], temperature=3))
assert wrong.status_code == 422, wrong
assert [each.field for each in wrong.parsed.error.details] == ["messages", "temperature"], wrong.parsed

print("the generated Python client is content")
