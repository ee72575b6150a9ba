package dev.tandem.runtime.call;

/**
 * The failures of what stands between HTTP and a message: frames, encodings, how many messages.
 * gRPC, gRPC-Web, Connect and WebSockets answer with them; {@link Reasons#ALL} has them too.
 */
public final class RpcReasons {
    /** Bytes that are no message. */
    public static final Reason MALFORMED_MESSAGE =
            new Reason(
                    "malformed_message",
                    Code.INVALID_REQUEST,
                    "gRPC, gRPC-Web, Connect, WebSocket: a message is not protobuf of the method's type");

    /** A call without its message. */
    public static final Reason MISSING_MESSAGE =
            new Reason(
                    "missing_message",
                    Code.UNIMPLEMENTED,
                    "gRPC, gRPC-Web, Connect: the call ended without its request message");

    /** More messages than the method takes. */
    public static final Reason TOO_MANY_MESSAGES =
            new Reason(
                    "too_many_messages",
                    Code.UNIMPLEMENTED,
                    "gRPC, gRPC-Web, Connect: more than one request message for a method that takes one");

    /** gRPC bytes that end too early. */
    public static final Reason TRUNCATED_MESSAGE =
            new Reason(
                    "truncated_message",
                    Code.INTERNAL,
                    "gRPC, gRPC-Web, Connect: the request ended within a message");

    /** gRPC bytes that are no frame. */
    public static final Reason MALFORMED_FRAME =
            new Reason(
                    "malformed_frame",
                    Code.INTERNAL,
                    "gRPC, gRPC-Web, Connect: the body is not a sequence of messages");

    /** gRPC bytes that are compressed in an untold way. */
    public static final Reason MISSING_ENCODING =
            new Reason(
                    "missing_encoding",
                    Code.INTERNAL,
                    "gRPC, gRPC-Web, Connect: a message is flagged as compressed, but the request names no"
                            + " encoding");

    /** gRPC bytes that are not compressed as they say. */
    public static final Reason MALFORMED_GZIP =
            new Reason(
                    "malformed_gzip",
                    Code.INTERNAL,
                    "gRPC, gRPC-Web, Connect: a message is flagged as compressed, but is not gzip");

    /** A gRPC path without method. */
    public static final Reason UNKNOWN_METHOD =
            new Reason(
                    "unknown_method",
                    Code.UNIMPLEMENTED,
                    "gRPC, gRPC-Web, Connect: there is no such method on this server");

    /** A gRPC compression that is not known. */
    public static final Reason UNSUPPORTED_ENCODING =
            new Reason(
                    "unsupported_encoding",
                    Code.UNIMPLEMENTED,
                    "gRPC, gRPC-Web, Connect: the messages' encoding is neither `identity` nor `gzip`");

    /** No valid WebSocket. */
    public static final Reason PROTOCOL_ERROR =
            new Reason(
                    "protocol_error",
                    Code.INVALID_REQUEST,
                    "WebSocket: what was sent are no frames of RFC 6455, or a message came behind the"
                            + " one that said it was the last");

    private RpcReasons() {}
}
