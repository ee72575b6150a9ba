"""What Schemathesis has to know of this server: lines of JSON, and which rules its document cannot say."""

import json
import re

import schemathesis
from schemathesis.generation import GenerationMode

# rules that join fields (`path rule`): a request that fits the schema may break these and no other
JOINED = re.compile(
    r"""messages\[\d+]\.(content|tool_call_id|name)\ required
    |messages\[\d+]\.\S+\ role
    |(top_logprobs|topLogprobs)\ needs_logprobs
    |\S+\ (needs_stream|needs_tools|needs_functions|needs_messages|unknown_tool|unknown_function|unique)
    |best_of\ (at_least_n|no_stream)
    |prompt\ (required|alone)
    |audio\ required
    |response_format\.json_schema\ (required|type)
    |(tools|functions|response_format)\S*\.(parameters|schema)\ type
    |message_type\ unknown_message
    |text\ (required|alone)
    |binary\ needs_message_type
    |\ required  # one member of a oneof: null is none
    |(schema|examples\[\d+]\.value)\S*\ \S+  # JSON within JSON: a schema, and what must be valid by it""",
    re.VERBOSE,
)


@schemathesis.deserializer("application/x-ndjson")
def ndjson(ctx, response):
    return [json.loads(line) for line in response.text.splitlines() if line]


@schemathesis.check
def refused_by_joined_rules_only(ctx, response, case):
    if response.status_code != 422 or case.meta is None or case.meta.generation.mode != GenerationMode.POSITIVE:
        return
    for violation in response.json()["error"]["details"]:
        broken = f"{violation['field']} {violation['rule']}"
        assert JOINED.fullmatch(broken), f"fits the schema, and is refused: {broken}: {violation['message']}"


@schemathesis.check
def bad_gateway_for_answers_only(ctx, response, case):
    """The scripted model says Hello, whatever form is asked for; another 502 is a fault."""
    if response.status_code == 502:
        assert response.json()["error"]["code"] == "answer_invalid", response.text
