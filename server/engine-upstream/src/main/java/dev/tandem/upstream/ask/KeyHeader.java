package dev.tandem.upstream.ask;

import dev.tandem.runtime.auth.Secret;
import dev.tandem.upstream.http.UpstreamRequest;
import org.jspecify.annotations.Nullable;

/**
 * The header that shows a server who asks. Its text shows no key.
 *
 * @param name the header's
 * @param prefix what stands before the key: {@code Bearer }
 * @param key null for none, and so for no header
 */
public record KeyHeader(String name, String prefix, @Nullable Secret key) {
    /** As OAuth 2 has it (RFC 6750, section 2.1). */
    public static KeyHeader bearer(@Nullable Secret key) {
        return new KeyHeader("authorization", "Bearer ", key);
    }

    /** The request with it. */
    UpstreamRequest on(UpstreamRequest request) {
        return key == null ? request : request.header(name, prefix + key.reveal());
    }
}
