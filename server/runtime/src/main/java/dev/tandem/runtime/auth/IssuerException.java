package dev.tandem.runtime.auth;

import java.io.Serial;

/** An issuer's keys could not be had. The message is for the log. */
final class IssuerException extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    IssuerException(String message) {
        super(message);
    }

    IssuerException(String message, Throwable cause) {
        super(message, cause);
    }
}
