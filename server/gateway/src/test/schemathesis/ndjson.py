"""Teaches Schemathesis to read lines of JSON."""

import json

import schemathesis


@schemathesis.deserializer("application/x-ndjson")
def ndjson(ctx, response):
    return [json.loads(line) for line in response.text.splitlines() if line]
