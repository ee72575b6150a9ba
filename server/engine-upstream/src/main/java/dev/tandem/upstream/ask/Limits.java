package dev.tandem.upstream.ask;

import dev.tandem.upstream.sse.EventLimits;
import java.time.Duration;

/**
 * How long and how large an answer may be; beside them stand the limits of the call.
 *
 * @param first from the request's begin to the first event, or to the whole of an answer that does
 *     not come in events; 1 ms to 24 h, 300 s unless told
 * @param gap between two events; comments do not count; 1 ms to 24 h, 60 s unless told
 * @param answer the most bytes of an answer; 1 KiB to 1 GiB, 64 MiB unless told
 * @param events the most bytes of a line and of an event
 */
public record Limits(Duration first, Duration gap, long answer, EventLimits events) {
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final long SMALLEST = 1L << 10;
    private static final long LARGEST = 1L << 30;

    /** Those that hold unless told otherwise. */
    public static final Limits DEFAULT =
            new Limits(
                    Duration.ofSeconds(300),
                    Duration.ofSeconds(60),
                    64L << 20,
                    EventLimits.DEFAULT);

    public Limits {
        for (Duration limit : new Duration[] {first, gap}) {
            if (limit.toMillis() < 1 || limit.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("first and gap must be 1 ms to 24 h");
            }
        }
        if (answer < SMALLEST || answer > LARGEST) {
            throw new IllegalArgumentException("answer must be 1 KiB to 1 GiB");
        }
    }
}
