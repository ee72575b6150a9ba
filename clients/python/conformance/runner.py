"""Makes the calls that stand on its input, a line each, and writes a line for what came of each; see clients/conformance/README.md.

gRPC goes through the client. The other wires, which grpcio does not speak, are spoken in wires.py.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import wires
from google.protobuf import descriptor_pool, empty_pb2, json_format, message_factory
from google.protobuf.message import Message
from grpc_health.v1 import health_pb2

from tandem_client import NO_RETRY, Client, TandemError, v1

Known = (v1, health_pb2)
"""Importing them makes their methods known."""

ADDRESS = os.environ["TANDEM_ADDRESS"]
API_KEY = os.environ.get("TANDEM_API_KEY")


class Method:
    """A method by its name; one that nobody knows has an empty message and one answer."""

    def __init__(self, name: str) -> None:
        self.path = "/" + name
        self.request: type[Message] = empty_pb2.Empty
        self.response: type[Message] = empty_pb2.Empty
        self.streams = False
        try:
            found: Any = descriptor_pool.Default().FindMethodByName(name.replace("/", "."))
        except KeyError:
            return
        self.request = message_factory.GetMessageClass(found.input_type)
        self.response = message_factory.GetMessageClass(found.output_type)
        self.streams = found.server_streaming


def over_grpc(client: Client, method: Method, call: dict[str, Any], messages: list[Any]) -> None:
    serialize, parse = method.request.SerializeToString, method.response.FromString
    request = json_format.ParseDict(call["request"], method.request())
    timeout = call["timeout_ms"] / 1000 if call.get("timeout_ms") else None
    headers = call.get("headers")
    if not method.streams:
        unary = client.channel.unary_unary(method.path, serialize, parse)
        messages.append(json_format.MessageToDict(client.unary(unary, request, timeout=timeout, headers=headers)))
        return
    stream = client.channel.unary_stream(method.path, serialize, parse)
    with client.server_stream(stream, request, timeout=timeout, headers=headers) as pieces:
        for piece in pieces:
            messages.append(json_format.MessageToDict(piece))
            if len(messages) == call.get("cancel_after"):
                return


def over_http(method: Method, call: dict[str, Any], messages: list[Any]) -> None:
    wire = call["wire"]
    if wire in ("rest", "sse", "ndjson"):
        body, answers = json.dumps(call["request"]).encode(), wires.plain(ADDRESS, API_KEY, method.path, call)
    else:
        body = json_format.ParseDict(call["request"], method.request()).SerializeToString()
        framed = wires.grpc_web if wire == "grpc-web" else wires.connect
        answers = framed(ADDRESS, API_KEY, method.path, call, method.streams)
    with answers.send(body) as pieces:
        for piece in pieces:
            known = json.loads(piece) if wire in ("rest", "sse", "ndjson") else json_format.MessageToDict(method.response.FromString(piece))
            messages.append(known)
            if len(messages) == call.get("cancel_after"):
                return


def told(error: TandemError) -> dict[str, Any]:
    return {
        "code": error.code.name,
        "reason": error.reason,
        "message": error.message,
        "param": error.param or "",
        "violations": [vars(each) for each in error.violations],
        "retry_after_ms": None if error.retry_after is None else round(error.retry_after * 1000),
        "request_id": error.request_id or "",
    }


def answer(client: Client, call: dict[str, Any]) -> dict[str, Any]:
    messages: list[Any] = []
    error = None
    try:
        method = Method(call["method"])
        if call["wire"] == "grpc":
            over_grpc(client, method, call, messages)
        else:
            over_http(method, call, messages)
    except TandemError as e:
        error = told(e)
    except json_format.ParseError as e:
        return {"id": call["id"], "skipped": f"the request is no message: {e}"}
    return {"id": call["id"], "messages": messages, "error": error}


def main() -> None:
    with Client(ADDRESS, api_key=API_KEY, retry=NO_RETRY) as client:
        for line in sys.stdin:
            print(json.dumps(answer(client, json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
