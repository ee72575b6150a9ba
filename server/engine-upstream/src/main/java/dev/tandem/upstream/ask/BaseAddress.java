package dev.tandem.upstream.ask;

import dev.tandem.upstream.http.Origin;
import java.net.URI;

/** The address below which an API's paths are. */
public final class BaseAddress {
    private BaseAddress() {}

    /**
     * Looks at an address.
     *
     * @throws IllegalArgumentException where it is not http or https, names no host, or has a user,
     *     a query or a fragment
     */
    public static void check(URI address) {
        Origin.of(address); // says what is wrong with it
        if (address.getRawQuery() != null || address.getRawFragment() != null) {
            throw new IllegalArgumentException("the address must have no query and no fragment");
        }
    }

    /** The path of an operation: {@code /v1/models}. */
    static String target(URI address, String operation) {
        String path = address.getRawPath();
        return (path.endsWith("/") ? path.substring(0, path.length() - 1) : path) + operation;
    }
}
