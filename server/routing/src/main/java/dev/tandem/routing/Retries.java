package dev.tandem.routing;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How often the same engine is asked again for one call, and after how long.
 *
 * @param most 0 for never, 1 unless told
 * @param base the first wait is 0 to this, the next 0 to twice this, and so on; 250 ms unless told
 * @param cap no wait by chance is longer; 5 s unless told
 * @param longest a longer {@code retry-after} of the engine is not waited for: another engine is
 *     asked, or the caller is told; 10 s unless told
 */
public record Retries(int most, Duration base, Duration cap, Duration longest) {
    /** Those that hold unless told otherwise. */
    public static final Retries DEFAULT =
            new Retries(1, Duration.ofMillis(250), Duration.ofSeconds(5), Duration.ofSeconds(10));

    private static final int MOST_DOUBLINGS = 20;

    public Retries {
        if (most < 0 || base.isNegative() || cap.isNegative() || longest.isNegative()) {
            throw new IllegalArgumentException("nothing of retries can be negative");
        }
    }

    /**
     * How long to wait before the engine is asked again; empty where it is not to be.
     *
     * @param done how often it was asked again already
     * @param told the engine's {@code retry-after}, or null
     */
    Optional<Duration> wait(int done, @Nullable Duration told, RandomGenerator random) {
        if (done >= most || (told != null && told.compareTo(longest) > 0)) {
            return Optional.empty();
        }
        long range = base.toNanos() << Math.min(done, MOST_DOUBLINGS);
        long jitter = (long) (random.nextDouble() * Math.min(range, cap.toNanos()));
        return Optional.of(told == null ? Duration.ofNanos(jitter) : told.plusNanos(jitter / 4));
    }
}
