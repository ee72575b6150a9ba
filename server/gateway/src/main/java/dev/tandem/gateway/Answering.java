package dev.tandem.gateway;

import dev.tandem.runtime.WireLimit;
import dev.tandem.runtime.policy.StreamLimits;
import java.time.Duration;
import java.util.Map;

/**
 * How the gateway takes and answers calls.
 *
 * @param maxRequestBytes the largest request message
 * @param heartbeat after how much silence a stream carries a sign of life
 * @param timeLimits how long answers may take
 * @param limits limits of connections, each in its own unit; those that are missing have their
 *     defaults
 */
public record Answering(
        int maxRequestBytes,
        Duration heartbeat,
        StreamLimits timeLimits,
        Map<WireLimit, Long> limits) {

    public Answering {
        limits = Map.copyOf(limits);
    }

    /** Messages of 4 MiB, a sign of life after 10 s, the usual limits. */
    public static Answering usual() {
        return new Answering(4 << 20, Duration.ofSeconds(10), StreamLimits.defaults(), Map.of());
    }
}
