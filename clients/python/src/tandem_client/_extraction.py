"""Typed values: what to ask the server for, and how to read what it answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Generic, Protocol, TypeVar, cast

from google.protobuf.message import Message

from .v1 import ExtractedItem, Extraction, ExtractRequest

T = TypeVar("T")
M = TypeVar("M", bound=Message)
P = TypeVar("P", bound="PydanticModel")

Schema = Mapping[str, Any]
"""A JSON Schema."""


class PydanticModel(Protocol):
    """What a pydantic model has. The package itself does not need pydantic."""

    @classmethod
    def model_json_schema(cls) -> dict[str, Any]:
        """Its JSON Schema."""

    @classmethod
    def model_validate_json(cls: type[P], json_data: str) -> P:
        """Reads one."""


Into = type[Message] | type[PydanticModel] | Schema
"""What a value shall be: a protobuf message that the server knows, a pydantic model, or a JSON Schema."""


class Wanted(Generic[T]):
    """A value that is to be read out of a text."""

    def __init__(self, into: Into) -> None:
        """With the value's type, or its schema."""
        self._message_type: str | None = None
        self._schema: str | None = None
        self._read: Callable[[Extraction | ExtractedItem], Any]
        if isinstance(into, Mapping):
            self._schema = json.dumps(into)
            self._read = lambda found: json.loads(found.value)
        elif issubclass(into, Message):
            message = into
            self._message_type = message.DESCRIPTOR.full_name
            self._read = lambda found: message.FromString(found.message)
        elif hasattr(into, "model_json_schema"):
            model = into
            self._schema = json.dumps(model.model_json_schema())
            self._read = lambda found: model.model_validate_json(found.value)
        else:
            raise TypeError(f"{into!r} is no protobuf message, no pydantic model and no JSON Schema")

    def asked_in(self, request: ExtractRequest) -> ExtractRequest:
        """The same request, for this value."""
        asked = ExtractRequest()
        asked.CopyFrom(request)
        if self._message_type is None:
            asked.schema = self._schema or ""
        else:
            asked.message_type = self._message_type
            asked.binary = True
        return asked

    def read(self, found: Extraction | ExtractedItem) -> T:
        """The value."""
        return cast("T", self._read(found))
