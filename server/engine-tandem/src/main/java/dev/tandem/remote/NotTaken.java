package dev.tandem.remote;

import io.grpc.Status;

/**
 * Did the server leave a call alone? Then it may be asked again, on a new connection: one that
 * reached the old one as it was told to go elsewhere (RFC 9113, sections 6.8 and 8.7). grpc-java
 * knows, and tells it in words only.
 */
final class NotTaken {
    private NotTaken() {}

    static boolean tells(Status status) {
        String words = String.valueOf(status.getDescription());
        return status.getCode() == Status.Code.UNAVAILABLE
                && ((words.startsWith("Abrupt GOAWAY closed") && words.contains("NO_ERROR"))
                        || words.contains("HTTP/2 error code: REFUSED_STREAM"));
    }
}
