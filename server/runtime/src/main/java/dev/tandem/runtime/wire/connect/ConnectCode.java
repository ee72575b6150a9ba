package dev.tandem.runtime.wire.connect;

import java.util.Locale;

/** Connect's error codes: gRPC's, each with a name and an HTTP status. */
enum ConnectCode {
    CANCELED(499),
    UNKNOWN(500),
    INVALID_ARGUMENT(400),
    DEADLINE_EXCEEDED(504),
    NOT_FOUND(404),
    ALREADY_EXISTS(409),
    PERMISSION_DENIED(403),
    RESOURCE_EXHAUSTED(429),
    FAILED_PRECONDITION(400),
    ABORTED(409),
    OUT_OF_RANGE(400),
    UNIMPLEMENTED(501),
    INTERNAL(500),
    UNAVAILABLE(503),
    DATA_LOSS(500),
    UNAUTHENTICATED(401);

    private final int http;

    ConnectCode(int http) {
        this.http = http;
    }

    /** The HTTP status of a unary answer with this error. */
    int http() {
        return http;
    }

    /** As it stands in JSON. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The code with a number of gRPC's.
     *
     * @param grpc 1 to 16
     */
    static ConnectCode of(int grpc) {
        return values()[grpc - 1];
    }
}
