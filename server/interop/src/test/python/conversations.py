"""gRPC's test service over WebSockets, by Python's websockets: one function a case.

    python conversations.py PORT
"""

import json
import sys

from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

SERVICE = "/grpc.testing.TestService/"


def open_socket(method, **options):
    return connect(f"ws://127.0.0.1:{sys.argv[1]}{SERVICE}{method}", max_size=None, **options)


def closed(socket):
    """Reads to the end: the messages, and the close code with its reason."""
    messages = []
    try:
        while True:
            messages.append(socket.recv(timeout=20))
    except ConnectionClosed as end:
        return messages, end.rcvd.code, end.rcvd.reason


def ping_pong():
    with open_socket("FullDuplexCall") as socket:
        for request, response in ((27182, 31415), (8, 9), (1828, 2653), (45904, 58979)):
            body = "A" * (4 * request)  # base64 of three times as many zeros
            socket.send(json.dumps({
                "responseParameters": [{"size": response}],
                "payload": {"body": body},
            }))
            answer = json.loads(socket.recv(timeout=20))
            assert len(answer["payload"]["body"]) == (response + 2) // 3 * 4, answer
        socket.send("")
        assert closed(socket) == ([], 1000, "")


def client_streaming():
    with open_socket("StreamingInputCall") as socket:
        for size in (27183, 9, 1827, 45903):
            socket.send(json.dumps({"payload": {"body": "AAAA" * (size // 3)}}))
        socket.send("")
        messages, code, _ = closed(socket)
        assert json.loads(messages[0]) == {"aggregatedPayloadSize": 74922}, messages
        assert code == 1000, code


def fragments():
    with open_socket("StreamingInputCall") as socket:
        socket.send(iter(['{"payload": ', '{"body":', ' "AAAA"}', "}"]))
        socket.send("")
        messages, code, _ = closed(socket)
        assert json.loads(messages[0]) == {"aggregatedPayloadSize": 3}, messages
        assert code == 1000, code


def status():
    with open_socket("FullDuplexCall") as socket:
        socket.send(json.dumps({"responseStatus": {"code": 5, "message": "nobody \u2603"}}))
        messages, code, reason = closed(socket)
        error = json.loads(messages[-1])["error"]
        assert error["message"] == "nobody \u2603", error
        assert code == 4404, code
        assert reason.endswith("nobody \u2603"), reason


def deflate_is_offered_and_not_used():
    with open_socket("FullDuplexCall", compression="deflate") as socket:
        assert "permessage-deflate" in socket.request.headers["Sec-WebSocket-Extensions"]
        assert "Sec-WebSocket-Extensions" not in socket.response.headers
        assert socket.protocol.extensions == []
        socket.send(json.dumps({"responseParameters": [{"size": 3000}]}))
        assert len(socket.recv(timeout=20)) > 4000


def pings_are_answered():
    with open_socket("FullDuplexCall") as socket:
        assert socket.ping(b"there?").wait(20)


def protobuf():
    with open_socket("StreamingInputCall", subprotocols=["tandem.proto.v1"]) as socket:
        assert socket.subprotocol == "tandem.proto.v1"
        socket.send(b"\x0a\x05\x12\x03abc")
        socket.send("")
        assert closed(socket) == ([b"\x08\x03"], 1000, "")


def a_foreign_page_is_refused():
    try:
        open_socket("FullDuplexCall", origin="https://evil.example")
    except InvalidStatus as refused:
        assert refused.response.status_code == 403
        assert json.loads(refused.response.body)["error"]["code"] == "origin_not_allowed"
    else:
        raise AssertionError("let in")


def leaving():
    with open_socket("FullDuplexCall") as socket:
        socket.send(json.dumps({"responseParameters": [{"size": 1, "intervalUs": 600000000}]}))
        socket.close(4000, "enough")
        assert socket.close_code == 4000, socket.close_code


for case in (
    ping_pong,
    client_streaming,
    fragments,
    status,
    deflate_is_offered_and_not_used,
    pings_are_answered,
    protobuf,
    a_foreign_page_is_refused,
    leaving,
):
    case()
    print(case.__name__, "passed")
