"""What the scripts share: how they are called, and the requests that all of them send.

Each script is called with the server's base URL (http://127.0.0.1:8080/v1), exits non-zero at the first thing that is not as the SDK's
users expect, and ends with one line.
"""

import sys

BASE_URL = sys.argv[1]
KEY = "none"
MODEL = "default"
EMBEDDING_MODEL = "all-MiniLM-L6-v2"

CAPITAL = [{"role": "user", "content": "Name the capital of France."}]
CONVERSATION = [
    {"role": "system", "content": "You know geography."},
    {"role": "user", "content": "Name the capital of France."},
    {"role": "assistant", "content": "The capital of France is Paris."},
    {"role": "user", "content": "And of Italy?"},
]
PARTS = [{"role": "user", "content": [{"type": "text", "text": "Name the capital "}, {"type": "text", "text": "of France."}]}]
TOO_LONG = [{"role": "user", "content": "word " * 20000}]
CITY = {"type": "object", "properties": {"city": {"type": "string", "maxLength": 40}}, "required": ["city"], "additionalProperties": False}
WEATHER = {"type": "function", "function": {"name": "weather", "description": "Tells the weather of a city.", "parameters": CITY}}

# a schema that no grammar holds a model to, as a tool's and as the answer's, and where the server says that
STRANGE = {**CITY, "properties": {"city": {"not": {"type": "null"}}}}
STRANGE_TOOL = {"type": "function", "function": {"name": "weather", "parameters": STRANGE}}
STRANGE_FORM = {"type": "json_schema", "json_schema": {"name": "weather", "schema": STRANGE}}
STRANGE_TOOL_PLACE = "tools[0].function.parameters#/properties/city/not"
STRANGE_FORM_PLACE = "response_format.json_schema.schema#/properties/city/not"

# the model never ends by itself: its token for the end cannot be chosen
ENDLESS = {"2": -100}
# one more stream than the server has slots: were one of them not freed, the next call would wait for half a minute
STREAMS_TO_LEAVE = 3
SOON = 15.0


def refused(error, call, **arguments):
    """Calls, and returns the error."""
    try:
        call(**arguments)
    except error as e:
        return e
    raise AssertionError(f"not refused: {arguments}")
