package dev.tandem.runtime.wire.connection;

import org.jspecify.annotations.Nullable;

/**
 * Says which HTTP/2 streams go to the {@link StreamHandler}; all others are Helidon's routing's.
 *
 * <p>Asked once a stream, on the connection's reading thread, so it must be quick and must not
 * block.
 */
@FunctionalInterface
public interface StreamOwnership {
    /**
     * Whether the stream is owned.
     *
     * @param method as sent, for example {@code POST}
     * @param path as sent, with its query
     * @param contentType as sent, with its parameters; null when the request has none
     */
    boolean owns(String method, String path, @Nullable String contentType);
}
