package dev.tandem.testing;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What goes along with a call.
 *
 * @param headers names in lower case; metadata with gRPC
 * @param timeout the caller's limit, told to the server the wire's way; null for none
 */
public record Caller(Map<String, String> headers, @Nullable Duration timeout) {
    /** Nothing. */
    public static final Caller PLAIN = new Caller(Map.of(), null);

    public Caller {
        headers = Map.copyOf(headers);
    }

    /** Shows an API key or a token: {@code Authorization: Bearer …}. */
    public static Caller bearer(String credential) {
        return PLAIN.header("authorization", "Bearer " + credential);
    }

    /** One more header. */
    public Caller header(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new Caller(more, timeout);
    }

    /** Another limit. */
    public Caller within(Duration limit) {
        return new Caller(headers, limit);
    }
}
