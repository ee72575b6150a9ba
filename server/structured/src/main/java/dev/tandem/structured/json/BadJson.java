package dev.tandem.structured.json;

/** A text that is not JSON; the message says where. */
public final class BadJson extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadJson(String message) {
        super(message);
    }

    BadJson(String message, Throwable cause) {
        super(message, cause);
    }
}
