"""The wires that grpcio does not speak: each sends one request over HTTP/1.1 and hands out the answer's messages as bytes."""

from __future__ import annotations

import base64
import http.client
import json
import struct
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import grpc
from google.protobuf.any_pb2 import Any as AnyMessage
from google.rpc.status_pb2 import Status

from tandem_client import TandemError, Violation
from tandem_client._errors import error_of

Read = Callable[[http.client.HTTPResponse], Iterator[bytes]]

STATUS = {code.value[0]: code for code in grpc.StatusCode}
OF_HTTP = {401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 404: "NOT_FOUND", 408: "DEADLINE_EXCEEDED", 499: "CANCELLED", 500: "INTERNAL"}
OF_HTTP |= {413: "RESOURCE_EXHAUSTED", 414: "RESOURCE_EXHAUSTED", 429: "RESOURCE_EXHAUSTED", 431: "RESOURCE_EXHAUSTED"}
OF_HTTP |= {501: "UNIMPLEMENTED", 502: "UNAVAILABLE", 503: "UNAVAILABLE", 504: "DEADLINE_EXCEEDED"}
OF_TYPE = {
    "timeout_error": "DEADLINE_EXCEEDED",
    "rate_limit_error": "RESOURCE_EXHAUSTED",
    "server_error": "UNAVAILABLE",
    "cancelled": "CANCELLED",
}


class Request:
    """One request, and how its answer is read."""

    def __init__(self, address: str, path: str, headers: dict[str, str], read: Read, frame: bool = False) -> None:
        self._address, self._path, self._headers, self._read, self._frame = address, path, headers, read, frame

    @contextmanager
    def send(self, body: bytes) -> Iterator[Iterator[bytes]]:
        """Leaving it closes the connection, which cancels."""
        connection = http.client.HTTPConnection(self._address, timeout=120)
        try:
            connection.request("POST", self._path, framed(body) if self._frame else body, self._headers)
            yield self._read(connection.getresponse())
        finally:
            connection.close()


def headers_of(key: str | None, call: dict[str, Any], **own: str) -> dict[str, str]:
    bearer = {"authorization": f"Bearer {key}"} if key else {}
    told: dict[str, str] = call.get("headers") or {}
    return bearer | told | {name.replace("_", "-"): value for name, value in own.items()}


def framed(message: bytes) -> bytes:
    return struct.pack(">BI", 0, len(message)) + message


def frames(answer: http.client.HTTPResponse) -> Iterator[tuple[int, bytes]]:
    while head := answer.read(5):
        flag, length = struct.unpack(">BI", head)
        yield flag, answer.read(length)


def grpc_web(address: str, key: str | None, path: str, call: dict[str, Any], _streams: bool) -> Request:
    headers = headers_of(key, call, content_type="application/grpc-web+proto", x_grpc_web="1")
    if call.get("timeout_ms"):
        headers["grpc-timeout"] = f"{call['timeout_ms']}m"

    def read(answer: http.client.HTTPResponse) -> Iterator[bytes]:
        end = {name.lower(): value for name, value in answer.getheaders()}
        for flag, payload in frames(answer):
            if flag & 0x80:
                lines = payload.decode().split("\r\n")
                end |= {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}
            else:
                yield payload
        if end.get("grpc-status") != "0":
            raise error_of(Ended(end))

    return Request(address, path, headers, read, frame=True)


class Ended:
    """A call that ended with these trailers, as grpcio would have it."""

    def __init__(self, trailers: dict[str, str]) -> None:
        self._trailers = trailers

    def code(self) -> grpc.StatusCode:
        return STATUS[int(self._trailers.get("grpc-status", 2))]

    def details(self) -> str:
        return urllib.parse.unquote(self._trailers.get("grpc-message", ""))

    def initial_metadata(self) -> tuple[tuple[str, str], ...]:
        return ()

    def trailing_metadata(self) -> list[tuple[str, str | bytes]]:
        return [(name, unpadded(value) if name.endswith("-bin") else value) for name, value in self._trailers.items()]


def unpadded(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4))


def connect(address: str, key: str | None, path: str, call: dict[str, Any], streams: bool) -> Request:
    media = "application/connect+proto" if streams else "application/proto"
    headers = headers_of(key, call, content_type=media, connect_protocol_version="1")
    if call.get("timeout_ms"):
        headers["connect-timeout-ms"] = str(call["timeout_ms"])

    def read_one(answer: http.client.HTTPResponse) -> Iterator[bytes]:
        body = answer.read()
        if answer.status != 200:
            raise of_connect(json.loads(body), answer)
        yield body

    def read_stream(answer: http.client.HTTPResponse) -> Iterator[bytes]:
        for flag, payload in frames(answer):
            if not flag & 2:
                yield payload
            elif error := json.loads(payload).get("error"):
                raise of_connect(error, answer)

    return Request(address, path, headers, read_stream if streams else read_one, frame=streams)


def of_connect(error: dict[str, Any], answer: http.client.HTTPResponse) -> TandemError:
    code = grpc.StatusCode[error["code"].upper().replace("CANCELED", "CANCELLED")]
    details = [AnyMessage(type_url="/" + each["type"], value=unpadded(each["value"])) for each in error.get("details", ())]
    status = Status(details=details).SerializeToString()
    trailers = {"grpc-status": str(code.value[0]), "grpc-message": urllib.parse.quote(error.get("message", ""))}
    trailers["grpc-status-details-bin"] = base64.b64encode(status).decode()
    return error_of(Ended(trailers | {"x-request-id": answer.getheader("x-request-id", "")}))


def plain(address: str, key: str | None, path: str, call: dict[str, Any]) -> Request:
    accept = {"rest": "application/json", "sse": "text/event-stream", "ndjson": "application/x-ndjson"}[call["wire"]]
    headers = headers_of(key, call, content_type="application/json", accept=accept)
    if call.get("timeout_ms"):
        headers["x-request-timeout"] = str(call["timeout_ms"] / 1000)

    def read(answer: http.client.HTTPResponse) -> Iterator[bytes]:
        if answer.status != 200:
            code = OF_HTTP.get(answer.status, "INVALID_ARGUMENT")
            raise of_rest(json.loads(answer.read())["error"], code)
        if call["wire"] == "rest":
            yield answer.read()
            return
        for line in answer:
            text = line.strip().removeprefix(b"data:").strip()
            if not text or text.startswith(b":") or text == b"[DONE]":
                continue
            if text.startswith(b'{"error":'):
                error = json.loads(text)["error"]
                raise of_rest(error, OF_TYPE.get(error["type"], "INVALID_ARGUMENT"))
            yield text

    return Request(address, path, headers, read)


def of_rest(error: dict[str, Any], code: str) -> TandemError:
    return TandemError(
        error["message"],
        code=grpc.StatusCode[code],
        reason=error["code"],
        param=error["param"],
        violations=[Violation(**each) for each in error["details"]],
        request_id=error["request_id"],
        retry_after=error.get("retry_after"),
    )
