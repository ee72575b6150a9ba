package dev.tandem.upstream.sse;

import java.io.IOException;

/** A stream that is no stream of events, or not to its end. The message has nothing of its text. */
public final class BrokenStreamException extends IOException {
    private static final long serialVersionUID = 1;

    /** Says what is wrong. */
    public BrokenStreamException(String message) {
        super(message);
    }
}
