package dev.tandem.runtime;

/**
 * Something that services need and that lives as long as the server: a pool of connections, a
 * cache, a task that goes on. Opened before the port listens, closed when no call runs any more.
 */
@SuppressWarnings("try") // close() may be interrupted; no try statement holds a resource
public interface Resource extends AutoCloseable {
    /**
     * Opens it, on the thread that starts the server. What it throws keeps the server from
     * starting; then {@link #close()} is not called, so what was half open is the resource's own to
     * close.
     */
    void open() throws Exception;

    /** Closes it, once. What it throws is logged, and the others are closed all the same. */
    @Override
    void close() throws Exception;
}
