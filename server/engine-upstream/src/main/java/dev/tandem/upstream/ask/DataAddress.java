package dev.tandem.upstream.ask;

import java.util.Locale;
import java.util.Optional;

/**
 * What a {@code data:} address holds (RFC 2397), where it is base64.
 *
 * @param type its media type, in lower case without parameters
 * @param base64 as it came
 */
public record DataAddress(String type, String base64) {
    private static final String SCHEME = "data:";

    /** Of an address; empty where it is another or holds no base64. */
    public static Optional<DataAddress> of(String address) {
        int comma = address.indexOf(',');
        if (comma < 0 || !address.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        String head = address.substring(SCHEME.length(), comma).toLowerCase(Locale.ROOT);
        if (!head.endsWith(";base64")) {
            return Optional.empty();
        }
        int end = head.indexOf(';');
        return Optional.of(new DataAddress(head.substring(0, end), address.substring(comma + 1)));
    }
}
