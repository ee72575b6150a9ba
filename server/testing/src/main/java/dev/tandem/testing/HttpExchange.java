package dev.tandem.testing;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** A request that was sent and whose answer is read as it comes. Used by one thread. */
interface HttpExchange extends AutoCloseable {
    /** Waits for the head of the answer. */
    int status() throws IOException;

    /** Waits for the head of the answer; names in lower case. */
    Map<String, List<String>> headers() throws IOException;

    /** The answer's body. Nothing is taken from the server that nobody reads here. */
    InputStream body() throws IOException;

    /** Leaves, at whatever point. */
    @Override
    void close();
}
