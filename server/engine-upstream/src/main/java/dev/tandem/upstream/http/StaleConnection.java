package dev.tandem.upstream.http;

import java.io.IOException;

/** A kept connection ended before a byte of the answer came: the server had given it up. */
final class StaleConnection extends IOException {
    private static final long serialVersionUID = 1;

    StaleConnection(IOException cause) {
        super("the server had closed the kept connection", cause);
    }
}
