package dev.tandem.runtime.wire.http2;

import java.io.Serial;

/** The client broke a rule that ends the connection with GOAWAY (RFC 9113, section 5.4.1). */
final class ConnectionError extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    final int errorCode;

    ConnectionError(int errorCode, String message) {
        super(message, null, false, false);
        this.errorCode = errorCode;
    }
}
