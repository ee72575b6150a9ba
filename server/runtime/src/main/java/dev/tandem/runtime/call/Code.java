package dev.tandem.runtime.call;

import java.util.Arrays;

/**
 * What kind of failure an error is. Each constant has its HTTP status, its gRPC status code (see
 * the gRPC documentation's "Status codes") and the {@code type} that SDKs of the OpenAI API know.
 */
public enum Code {
    /** The request cannot be understood or carried out as it stands. */
    INVALID_REQUEST(400, 3, "invalid_request_error"),
    /** The system is not in the state that the request needs (hosted services use it). */
    FAILED_PRECONDITION(400, 9, "invalid_request_error"),
    /** Past the end of what there is (hosted services use it). */
    OUT_OF_RANGE(400, 11, "invalid_request_error"),
    /** A rule or type declared in the contract is broken; the violations say where. */
    VALIDATION_FAILED(422, 3, "invalid_request_error"),
    /** No credential, or one that is not known. */
    UNAUTHENTICATED(401, 16, "authentication_error"),
    /** The caller may not do this. */
    PERMISSION_DENIED(403, 7, "permission_error"),
    /** There is no such thing. */
    NOT_FOUND(404, 5, "invalid_request_error"),
    /** The path exists, but not with this HTTP method. */
    METHOD_NOT_ALLOWED(405, 12, "invalid_request_error"),
    /** No media type that the caller accepts can be produced. */
    NOT_ACCEPTABLE(406, 3, "invalid_request_error"),
    /** The request did not arrive in time. */
    REQUEST_TIMEOUT(408, 4, "timeout_error"),
    /** What the caller wants to create exists already. */
    ALREADY_EXISTS(409, 6, "invalid_request_error"),
    /** Another call was faster; trying again may help. */
    ABORTED(409, 10, "invalid_request_error"),
    /** The request, or one message of it, is larger than the server takes. */
    TOO_LARGE(413, 8, "invalid_request_error"),
    /** The request's target is longer than the server takes. */
    URI_TOO_LONG(414, 8, "invalid_request_error"),
    /** The body's media type or encoding is not one that the server reads. */
    UNSUPPORTED_MEDIA_TYPE(415, 3, "invalid_request_error"),
    /** The request expects what the server does not do. */
    EXPECTATION_FAILED(417, 3, "invalid_request_error"),
    /** The path speaks another protocol than plain HTTP. */
    UPGRADE_REQUIRED(426, 12, "invalid_request_error"),
    /** A limit of the caller's is used up. */
    RATE_LIMITED(429, 8, "rate_limit_error"),
    /** The request's headers are more than the server takes. */
    HEADERS_TOO_LARGE(431, 8, "invalid_request_error"),
    /** The call was cancelled, mostly by the caller, who then never reads this. */
    CANCELLED(499, 1, "cancelled"),
    /** A defect of the server's. Nothing but the request id is told. */
    INTERNAL(500, 13, "server_error"),
    /** A failure that a hosted service gave no better name. */
    UNKNOWN(500, 2, "server_error"),
    /** Data was lost or is corrupt (hosted services use it). */
    DATA_LOSS(500, 15, "server_error"),
    /** The method is declared but not served. */
    UNIMPLEMENTED(501, 12, "invalid_request_error"),
    /** The version of HTTP is not one that the server speaks. */
    HTTP_VERSION_NOT_SUPPORTED(505, 12, "invalid_request_error"),
    /** A server behind this one failed. */
    UPSTREAM_FAILED(502, 14, "server_error"),
    /** Too busy, stopping, or not ready. Trying again later may help. */
    UNAVAILABLE(503, 14, "server_error"),
    /** The call's time was up before its answer was. */
    DEADLINE_EXCEEDED(504, 4, "timeout_error");

    private final int http;
    private final int grpc;
    private final String type;

    Code(int http, int grpc, String type) {
        this.http = http;
        this.grpc = grpc;
        this.type = type;
    }

    /** The HTTP status, 400 to 599. */
    public int http() {
        return http;
    }

    /** The number of the gRPC status code, 1 to 16. */
    public int grpc() {
        return grpc;
    }

    /** The {@code type} of the JSON error. */
    public String type() {
        return type;
    }

    /**
     * The constant for a gRPC status code, for services and upstreams that speak in those; INTERNAL
     * for what is unknown.
     */
    public static Code ofGrpc(int grpc) {
        return switch (grpc) {
            case 4 -> DEADLINE_EXCEEDED;
            case 12 -> UNIMPLEMENTED;
            case 14 -> UNAVAILABLE;
            case 8 -> RATE_LIMITED;
            default ->
                    Arrays.stream(values())
                            .filter(code -> code.grpc == grpc)
                            .findFirst()
                            .orElse(INTERNAL);
        };
    }
}
