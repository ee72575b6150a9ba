"""Short ways to make and to read the messages of a conversation."""

from __future__ import annotations

from .v1 import (
    ROLE_ASSISTANT,
    ROLE_SYSTEM,
    ROLE_USER,
    ChatChunk,
    ChatCompletion,
    ChatMessage,
    ContentPart,
    EmbeddingInput,
    EmbeddingRequest,
)


def system(text: str) -> ChatMessage:
    """Instructions by whoever runs the application."""
    return ChatMessage(role=ROLE_SYSTEM, content=[ContentPart(text=text)])


def user(text: str) -> ChatMessage:
    """What the person who asks says."""
    return ChatMessage(role=ROLE_USER, content=[ContentPart(text=text)])


def assistant(text: str) -> ChatMessage:
    """What the model said earlier."""
    return ChatMessage(role=ROLE_ASSISTANT, content=[ContentPart(text=text)])


def text_of(answer: ChatCompletion | ChatChunk) -> str:
    """The text of the first choice: all of it, or what a chunk adds. Empty where there is none, as in a chunk with the usage."""
    if not answer.choices:
        return ""
    if isinstance(answer, ChatCompletion):
        return answer.choices[0].message.content
    return answer.choices[0].delta.content


def embedding_request(model: str, *texts: str) -> EmbeddingRequest:
    """Asks for a vector for each text."""
    return EmbeddingRequest(model=model, input=[EmbeddingInput(text=text) for text in texts])
