package dev.tandem.runtime.call;

import java.util.List;

/** The failures that the runtime itself answers with. */
public final class Reasons {
    /** Not JSON. */
    public static final Reason INVALID_JSON =
            new Reason(
                    "invalid_json",
                    Code.INVALID_REQUEST,
                    "the body is not JSON; the message has line and column");

    /** A path that cannot be decoded. */
    public static final Reason INVALID_PATH =
            new Reason(
                    "invalid_path",
                    Code.INVALID_REQUEST,
                    "the path's percent-encoding cannot be decoded");

    /** A query that cannot be decoded. */
    public static final Reason INVALID_QUERY =
            new Reason(
                    "invalid_query",
                    Code.INVALID_REQUEST,
                    "the query's percent-encoding cannot be decoded");

    /** A body that is not packed as its headers say. */
    public static final Reason MALFORMED_BODY =
            new Reason(
                    "malformed_body",
                    Code.INVALID_REQUEST,
                    "the body is not gzip, or ends too early, though `content-encoding` says gzip");

    /** A form that is none. */
    public static final Reason MALFORMED_FORM =
            new Reason(
                    "malformed_form",
                    Code.INVALID_REQUEST,
                    "a form that cannot be taken apart: percent-encoding, boundaries or headers of its"
                            + " parts, its end, or more than 1000 fields");

    /** A body where there is no place for one. */
    public static final Reason UNEXPECTED_BODY =
            new Reason(
                    "unexpected_body",
                    Code.INVALID_REQUEST,
                    "the method takes its fields from the path and the query only");

    /** A deadline that cannot be read. */
    public static final Reason INVALID_TIMEOUT =
            new Reason(
                    "invalid_timeout",
                    Code.INVALID_REQUEST,
                    "`x-request-timeout` is not seconds, `grpc-timeout` not of gRPC's form, or"
                            + " `connect-timeout-ms` not milliseconds");

    /** A header that does not have the form of its name. */
    public static final Reason INVALID_HEADER =
            new Reason(
                    "invalid_header",
                    Code.INVALID_REQUEST,
                    "a header whose name ends with `-bin` is not base64, `connect-protocol-version` is"
                            + " not 1, or one of the `sec-websocket-` headers is not as it must be");

    /** No valid HTTP. */
    public static final Reason BAD_REQUEST =
            new Reason("bad_request", Code.INVALID_REQUEST, "the request is no valid HTTP");

    /** What is asked is legal, but not here. */
    public static final Reason UNSUPPORTED_VALUE =
            new Reason(
                    "unsupported_value",
                    Code.INVALID_REQUEST,
                    "what is asked is valid, but cannot be done here; `param` names the field");

    /** No credential. */
    public static final Reason UNAUTHENTICATED =
            new Reason("unauthenticated", Code.UNAUTHENTICATED, "no valid credential");

    /** Not allowed. */
    public static final Reason FORBIDDEN =
            new Reason("forbidden", Code.PERMISSION_DENIED, "the caller may not do this");

    /** A host that is not this server's. */
    public static final Reason HOST_NOT_ALLOWED =
            new Reason(
                    "host_not_allowed",
                    Code.PERMISSION_DENIED,
                    "the request's host is no name of this server");

    /** A foreign page. */
    public static final Reason ORIGIN_NOT_ALLOWED =
            new Reason(
                    "origin_not_allowed",
                    Code.PERMISSION_DENIED,
                    "web pages of this origin may not call the server");

    /** Nothing there. */
    public static final Reason NOT_FOUND =
            new Reason("not_found", Code.NOT_FOUND, "nothing is at this path");

    /** A service that is not served. */
    public static final Reason UNKNOWN_SERVICE =
            new Reason(
                    "unknown_service",
                    Code.NOT_FOUND,
                    "gRPC health: there is no such service on this server");

    /** Another HTTP method. */
    public static final Reason METHOD_NOT_ALLOWED =
            new Reason(
                    "method_not_allowed",
                    Code.METHOD_NOT_ALLOWED,
                    "the path takes other HTTP methods; `Allow` lists them");

    /** A request that does not come. */
    public static final Reason REQUEST_TIMEOUT =
            new Reason(
                    "request_timeout",
                    Code.REQUEST_TIMEOUT,
                    "the request's body, or over HTTP/1.1 its head, did not arrive in time");

    /** Nothing that the client would read. */
    public static final Reason NOT_ACCEPTABLE =
            new Reason(
                    "not_acceptable",
                    Code.NOT_ACCEPTABLE,
                    "`Accept` allows no media type that the path answers with");

    /** Too many bytes. */
    public static final Reason REQUEST_TOO_LARGE =
            new Reason(
                    "request_too_large",
                    Code.TOO_LARGE,
                    "the body or message is over the limit, compressed or not");

    /** Too long a target. */
    public static final Reason URI_TOO_LONG =
            new Reason(
                    "uri_too_long",
                    Code.URI_TOO_LONG,
                    "HTTP/1.1: the request line is longer than the limit");

    /** Not JSON by its headers. */
    public static final Reason UNSUPPORTED_MEDIA_TYPE =
            new Reason(
                    "unsupported_media_type",
                    Code.UNSUPPORTED_MEDIA_TYPE,
                    "the body is not JSON in UTF-8 by its `content-type`");

    /** Compressed in a way that is not known. */
    public static final Reason UNSUPPORTED_CONTENT_ENCODING =
            new Reason(
                    "unsupported_content_encoding",
                    Code.UNSUPPORTED_MEDIA_TYPE,
                    "the body's `content-encoding` is not one that the server reads");

    /** An expectation that is not known. */
    public static final Reason EXPECTATION_FAILED =
            new Reason(
                    "expectation_failed",
                    Code.EXPECTATION_FAILED,
                    "HTTP/1.1: `Expect` asks for something else than `100-continue`");

    /** Too many headers. */
    public static final Reason HEADERS_TOO_LARGE =
            new Reason(
                    "headers_too_large",
                    Code.HEADERS_TOO_LARGE,
                    "the request has more headers, or more bytes of them, than the limit");

    /** Rules of the contract are broken. */
    public static final Reason VALIDATION_FAILED =
            new Reason(
                    "validation_failed",
                    Code.VALIDATION_FAILED,
                    "types or rules of the contract are broken, or a field or parameter is unknown;"
                            + " `details` lists all");

    /** Plain HTTP where there is a WebSocket. */
    public static final Reason UPGRADE_REQUIRED =
            new Reason(
                    "upgrade_required",
                    Code.UPGRADE_REQUIRED,
                    "a WebSocket is at this path: open it with `upgrade: websocket`, over HTTP/1.1");

    /** The caller went away. */
    public static final Reason CANCELLED =
            new Reason("cancelled", Code.CANCELLED, "the client cancelled the call");

    /** The caller stopped reading. */
    public static final Reason CLIENT_STALLED =
            new Reason(
                    "client_stalled",
                    Code.CANCELLED,
                    "the client took nothing of its answer for longer than the stall limit");

    /** A defect. */
    public static final Reason INTERNAL_ERROR =
            new Reason(
                    "internal_error",
                    Code.INTERNAL,
                    "a defect of the server's; its log says more under the request id");

    /** An old HTTP. */
    public static final Reason HTTP_VERSION_NOT_SUPPORTED =
            new Reason(
                    "http_version_not_supported",
                    Code.HTTP_VERSION_NOT_SUPPORTED,
                    "the request is of another version, as HTTP/1.0; the server speaks HTTP/1.1 and"
                            + " HTTP/2");

    /** A method that is not served. */
    public static final Reason UNIMPLEMENTED =
            new Reason("unimplemented", Code.UNIMPLEMENTED, "the server does not do this");

    /** A limit is reached. */
    public static final Reason RATE_LIMIT_EXCEEDED =
            new Reason(
                    "rate_limit_exceeded",
                    Code.RATE_LIMITED,
                    "a limit of the caller's, the model's or the server's is reached; the message and"
                            + " `details` name it. Try again after `retry-after`; without it the call"
                            + " can never pass");

    /** Limits that cannot be looked up. */
    public static final Reason LIMITS_UNAVAILABLE =
            new Reason(
                    "limits_unavailable",
                    Code.UNAVAILABLE,
                    "the store of limits cannot be reached, and the server takes no calls without; try"
                            + " again after `retry-after`");

    /** Too busy. */
    public static final Reason OVERLOADED =
            new Reason(
                    "overloaded",
                    Code.UNAVAILABLE,
                    "too much work is waiting already, or more than could be served in time; try again after"
                            + " `retry-after`");

    /** On its way out. */
    public static final Reason SERVER_STOPPING =
            new Reason(
                    "server_stopping",
                    Code.UNAVAILABLE,
                    "the server stops and the time for running requests is up; send the request"
                            + " again");

    /** Too slow. */
    public static final Reason DEADLINE_EXCEEDED =
            new Reason(
                    "deadline_exceeded",
                    Code.DEADLINE_EXCEEDED,
                    "the time that the caller allowed passed before the answer was complete");

    /** No beginning. */
    public static final Reason FIRST_MESSAGE_TIMEOUT =
            new Reason(
                    "first_message_timeout",
                    Code.DEADLINE_EXCEEDED,
                    "the first message of a stream, or a whole answer, took longer than the server"
                            + " allows");

    /** No continuation. */
    public static final Reason MESSAGE_GAP_TIMEOUT =
            new Reason(
                    "message_gap_timeout",
                    Code.DEADLINE_EXCEEDED,
                    "a stream was silent between two messages for longer than the server allows");

    /** No end. */
    public static final Reason CALL_TIMEOUT =
            new Reason(
                    "call_timeout",
                    Code.DEADLINE_EXCEEDED,
                    "the whole call took longer than the server allows");

    /** All of them, by status. */
    public static final List<Reason> ALL =
            List.of(
                    INVALID_JSON,
                    INVALID_PATH,
                    INVALID_QUERY,
                    MALFORMED_BODY,
                    MALFORMED_FORM,
                    UNEXPECTED_BODY,
                    INVALID_TIMEOUT,
                    INVALID_HEADER,
                    BAD_REQUEST,
                    UNSUPPORTED_VALUE,
                    RpcReasons.PROTOCOL_ERROR,
                    RpcReasons.MALFORMED_MESSAGE,
                    UNAUTHENTICATED,
                    FORBIDDEN,
                    HOST_NOT_ALLOWED,
                    ORIGIN_NOT_ALLOWED,
                    NOT_FOUND,
                    UNKNOWN_SERVICE,
                    METHOD_NOT_ALLOWED,
                    NOT_ACCEPTABLE,
                    REQUEST_TIMEOUT,
                    REQUEST_TOO_LARGE,
                    URI_TOO_LONG,
                    UNSUPPORTED_MEDIA_TYPE,
                    UNSUPPORTED_CONTENT_ENCODING,
                    EXPECTATION_FAILED,
                    VALIDATION_FAILED,
                    UPGRADE_REQUIRED,
                    RATE_LIMIT_EXCEEDED,
                    HEADERS_TOO_LARGE,
                    CANCELLED,
                    CLIENT_STALLED,
                    INTERNAL_ERROR,
                    RpcReasons.TRUNCATED_MESSAGE,
                    RpcReasons.MALFORMED_FRAME,
                    RpcReasons.MISSING_ENCODING,
                    RpcReasons.MALFORMED_GZIP,
                    UNIMPLEMENTED,
                    RpcReasons.MISSING_MESSAGE,
                    RpcReasons.TOO_MANY_MESSAGES,
                    RpcReasons.UNKNOWN_METHOD,
                    RpcReasons.UNSUPPORTED_ENCODING,
                    HTTP_VERSION_NOT_SUPPORTED,
                    OVERLOADED,
                    LIMITS_UNAVAILABLE,
                    SERVER_STOPPING,
                    DEADLINE_EXCEEDED,
                    FIRST_MESSAGE_TIMEOUT,
                    MESSAGE_GAP_TIMEOUT,
                    CALL_TIMEOUT);

    private Reasons() {}
}
