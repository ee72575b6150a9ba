package dev.tandem.runtime.call;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Supplier;

/** Ids of calls: {@code req_} and 96 random bits in hexadecimal. */
public final class RequestIds implements Supplier<String> {
    private static final int LONGEST = 128;

    private final SecureRandom random = new SecureRandom();

    @Override
    public String get() {
        byte[] bytes = new byte[12];
        random.nextBytes(bytes);
        return "req_" + HexFormat.of().formatHex(bytes);
    }

    /**
     * Is an id that a client sent fit for logs and headers? Up to 128 visible ASCII characters
     * without quotes.
     */
    static boolean acceptable(String id) {
        return !id.isEmpty()
                && id.length() <= LONGEST
                && id.chars().allMatch(c -> c > ' ' && c < 127 && c != '"' && c != '\\');
    }
}
