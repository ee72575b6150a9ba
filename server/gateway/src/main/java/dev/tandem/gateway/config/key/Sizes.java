package dev.tandem.gateway.config.key;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bytes as people write them. */
final class Sizes {
    private static final Pattern SIZE =
            Pattern.compile("([0-9]{1,13}) ?(?:([kKMG])([iI]?)B|bytes)?");

    private Sizes() {}

    static Optional<Long> read(String text) {
        Matcher parts = SIZE.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(parts.group(1));
        if (parts.group(2) == null) {
            return Optional.of(number);
        }
        long base = parts.group(3).isEmpty() ? 1000 : 1024;
        for (int i = "kMG".indexOf(parts.group(2).replace('K', 'k')); i >= 0; i--) {
            if (number > Long.MAX_VALUE / base) {
                return Optional.empty();
            }
            number *= base;
        }
        return Optional.of(number);
    }

    /** In the largest unit of 1024 that it is a multiple of. */
    static String written(long bytes) {
        if (bytes > 0 && bytes % (1L << 30) == 0) {
            return (bytes >> 30) + "GiB";
        }
        if (bytes > 0 && bytes % (1 << 20) == 0) {
            return (bytes >> 20) + "MiB";
        }
        return bytes > 0 && bytes % (1 << 10) == 0 ? (bytes >> 10) + "KiB" : bytes + " bytes";
    }
}
