package dev.tandem.runtime.wire.grpc;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The {@code grpc-timeout} header: at most eight digits and a unit. */
public final class Timeout {
    /** Its name. */
    public static final HeaderName HEADER = HeaderNames.create("grpc-timeout");

    /** Its form, in words. */
    public static final String FORM = "up to eight digits and one of n, u, m, S, M, H";

    private static final int LONGEST = 9; // eight digits and the unit

    /** What a clock in nanoseconds can still count; the header could say eleven thousand years. */
    private static final Duration FOREVER = Duration.ofDays(36_500);

    private Timeout() {}

    /** The time, at most a hundred years, or null where the value is not a timeout. */
    public static @Nullable Duration parse(String value) {
        int digits = value.length() - 1;
        if (digits < 1 || value.length() > LONGEST) {
            return null;
        }
        long amount = 0;
        for (int i = 0; i < digits; i++) {
            int digit = value.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return null;
            }
            amount = amount * 10 + digit;
        }
        Duration time = of(amount, value.charAt(digits));
        return time == null || time.compareTo(FOREVER) < 0 ? time : FOREVER;
    }

    private static @Nullable Duration of(long amount, char unit) {
        return switch (unit) {
            case 'n' -> Duration.ofNanos(amount);
            case 'u' -> Duration.ofNanos(amount * 1_000);
            case 'm' -> Duration.ofMillis(amount);
            case 'S' -> Duration.ofSeconds(amount);
            case 'M' -> Duration.ofMinutes(amount);
            case 'H' -> Duration.ofHours(amount);
            default -> null;
        };
    }
}
