package dev.tandem.gateway;

import com.google.protobuf.Descriptors.FileDescriptor;
import dev.tandem.runtime.WireLimit;
import dev.tandem.runtime.policy.StreamLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How the gateway takes and answers calls.
 *
 * @param maxRequestBytes the largest request message
 * @param heartbeat after how much silence a stream carries a sign of life
 * @param timeLimits how long answers may take
 * @param limits limits of connections, each in its own unit; those that are missing have their
 *     defaults
 * @param messages .proto files whose messages extraction knows by name, besides those of the
 *     services
 */
public record Answering(
        int maxRequestBytes,
        Duration heartbeat,
        StreamLimits timeLimits,
        Map<WireLimit, Long> limits,
        List<FileDescriptor> messages) {

    public Answering {
        limits = Map.copyOf(limits);
        messages = List.copyOf(messages);
    }

    /** With no messages besides those of the services. */
    public Answering(
            int maxRequestBytes,
            Duration heartbeat,
            StreamLimits timeLimits,
            Map<WireLimit, Long> limits) {
        this(maxRequestBytes, heartbeat, timeLimits, limits, List.of());
    }

    /** The same with other messages that extraction knows by name. */
    public Answering withMessages(List<FileDescriptor> files) {
        return new Answering(maxRequestBytes, heartbeat, timeLimits, limits, files);
    }

    /** Messages of 4 MiB, a sign of life after 10 s, the usual limits. */
    public static Answering usual() {
        return new Answering(4 << 20, Duration.ofSeconds(10), StreamLimits.defaults(), Map.of());
    }
}
