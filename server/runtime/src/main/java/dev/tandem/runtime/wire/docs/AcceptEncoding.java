package dev.tandem.runtime.wire.docs;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which form of a document a client wants (RFC 9110, section 12.5.3). */
final class AcceptEncoding {
    private static final Set<String> GZIP = Set.of("gzip", "x-gzip");
    private static final Set<String> IDENTITY = Set.of("identity");
    private static final Set<String> ANY = Set.of("*");

    private AcceptEncoding() {}

    /**
     * Does the client take gzip, and not rather the plain bytes?
     *
     * @param values the values of the header
     */
    static boolean prefersGzip(List<String> values) {
        Double gzip = weight(values, GZIP);
        Double identity = weight(values, IDENTITY);
        if (gzip == null) {
            gzip = weight(values, ANY);
        }
        return gzip != null && gzip > 0 && (identity == null || gzip >= identity);
    }

    /** The weight given to a coding, null where it is not listed. */
    private static @Nullable Double weight(List<String> values, Set<String> names) {
        for (String value : values) {
            for (String element : value.split(",", -1)) {
                String[] parts = element.split(";", 2);
                if (names.contains(parts[0].strip().toLowerCase(Locale.ROOT))) {
                    return parts.length == 1 ? 1.0 : quality(parts[1]);
                }
            }
        }
        return null;
    }

    /** The weight of a parameter {@code q=…}; 0, which is not wanted, where it cannot be read. */
    private static double quality(String parameter) {
        String[] pair = parameter.strip().split("=", 2);
        boolean weight =
                pair.length == 2
                        && pair[0].strip().equalsIgnoreCase("q")
                        && pair[1].strip().matches("0(\\.\\d{0,3})?|1(\\.0{0,3})?");
        return weight ? Double.parseDouble(pair[1].strip()) : 0;
    }
}
