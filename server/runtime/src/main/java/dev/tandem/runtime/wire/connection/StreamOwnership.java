package dev.tandem.runtime.wire.connection;

import io.helidon.http.Headers;

/**
 * Says which requests go to the {@link StreamHandler}; all others are Helidon's routing's.
 *
 * <p>Asked once a request, over HTTP/2 on the connection's reading thread, so it must be quick and
 * must not block.
 */
@FunctionalInterface
public interface StreamOwnership {
    /**
     * Whether the request is owned.
     *
     * @param method as sent, for example {@code POST}
     * @param path as sent, with its query
     * @param headers without the pseudo-headers
     */
    boolean owns(String method, String path, Headers headers);
}
