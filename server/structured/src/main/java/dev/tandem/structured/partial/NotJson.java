package dev.tandem.structured.partial;

/** A growing text that is not the beginning of JSON; the message says where. */
public final class NotJson extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotJson(char found, long index, String wanted) {
        super("'" + found + "' at character " + index + ", where " + wanted + " should stand");
    }
}
