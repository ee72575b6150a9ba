"""Requests that several tests send."""

from __future__ import annotations

from tandem_client import user
from tandem_client.v1 import ChatRequest, ExtractExample, ExtractRequest, StreamOptions

CAPITAL = ChatRequest(model="default", temperature=0, max_tokens=24, messages=[user("Name the capital of France.")])
WITH_USAGE = ChatRequest(
    model="default",
    temperature=0,
    max_tokens=8,
    stream_options=StreamOptions(include_usage=True),
    messages=[user("Name the capital of France.")],
)
# the model never ends by itself: its token for the end cannot be chosen
ENDLESS = ChatRequest(model="default", temperature=0, logit_bias={"2": -100}, messages=[user("Count.")])
WRONG = ChatRequest(model="default", temperature=3, top_p=7, messages=[user("hi")])
UNKNOWN = ChatRequest(model="none", messages=[user("hi")])

ADA = ExtractRequest(model="default", text="Ada was born in 1815.", max_tokens=64)
TWO = ExtractRequest(
    model="default",
    text="Ada was born in 1815, Charles in 1791.",
    examples=[
        ExtractExample(text="Bob was born in 1900, Mia in 1930.", value='[{"name": "Bob", "born": 1900}, {"name": "Mia", "born": 1930}]')
    ],
    max_tokens=128,
)
PERSON = {
    "type": "object",
    "properties": {"name": {"type": "string", "maxLength": 40}, "born": {"type": "integer", "minimum": 1000, "maximum": 2100}},
    "required": ["name", "born"],
    "additionalProperties": False,
}

# one more stream than the server of the tests has slots: were one of them not freed, the next call would wait
STREAMS_TO_LEAVE = 3
