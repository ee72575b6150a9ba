package dev.tandem.runtime.wire.http1;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Reason;
import dev.tandem.runtime.call.Reasons;

/** What is told to a client whose request is refused: one sentence that says what to change. */
final class Malformed {
    private Malformed() {}

    static ApiException request(String what) {
        return of(Reasons.BAD_REQUEST, "The request is no valid HTTP/1.1: " + what);
    }

    static ApiException path(String what) {
        return of(Reasons.INVALID_PATH, "The path cannot be read: " + what);
    }

    static ApiException query(String what) {
        return of(Reasons.INVALID_QUERY, "The query cannot be read: " + what);
    }

    static ApiException of(Reason reason, String message) {
        return ApiError.of(reason, message).toException();
    }

    static ApiException lineTooLong(int limit) {
        return of(
                Reasons.URI_TOO_LONG,
                "The request line is longer than the "
                        + limit
                        + " bytes that this server takes; send the fields in a body.");
    }

    static ApiException headersTooLarge(int limit) {
        return of(
                Reasons.HEADERS_TOO_LARGE,
                "The request's line and headers are more than the "
                        + limit
                        + " bytes that this server takes.");
    }

    static ApiException tooManyFields(int limit) {
        return of(
                Reasons.HEADERS_TOO_LARGE,
                "The request has more than the " + limit + " headers that this server takes.");
    }

    static ApiException bodyTooLarge(long limit) {
        return of(
                Reasons.REQUEST_TOO_LARGE,
                "The request body is larger than the " + limit + " bytes that this server takes.");
    }

    static ApiException slowHead(long millis) {
        return of(
                Reasons.REQUEST_TIMEOUT,
                "The request's headers did not arrive within " + millis + " ms.");
    }

    static ApiException slowBody() {
        return of(
                Reasons.REQUEST_TIMEOUT,
                "The request's body did not come, or came too slowly; send it at once.");
    }
}
