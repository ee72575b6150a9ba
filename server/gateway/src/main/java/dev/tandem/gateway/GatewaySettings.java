package dev.tandem.gateway;

import dev.tandem.runtime.policy.StreamLimits;
import java.time.Duration;
import java.util.List;

/**
 * What the gateway wants to know besides its models.
 *
 * @param host the address to listen on
 * @param port 0 takes a free one
 * @param allowedHosts names, besides those of the loopback, under which clients may reach it;
 *     {@code *} allows all
 * @param maxRequestBytes the largest request message
 * @param heartbeat after how much silence a stream carries a sign of life
 * @param drain how long running calls may go on when the gateway is told to stop
 * @param drainDelay how long it then takes further calls while it tells that it is not ready
 * @param timeLimits how long answers may take
 */
public record GatewaySettings(
        String host,
        int port,
        List<String> allowedHosts,
        int maxRequestBytes,
        Duration heartbeat,
        Duration drain,
        Duration drainDelay,
        StreamLimits timeLimits) {

    public GatewaySettings {
        allowedHosts = List.copyOf(allowedHosts);
    }

    /** With the usual time limits, and without a delay before the drain. */
    public GatewaySettings(
            String host,
            int port,
            List<String> allowedHosts,
            int maxRequestBytes,
            Duration heartbeat,
            Duration drain) {
        this(
                host,
                port,
                allowedHosts,
                maxRequestBytes,
                heartbeat,
                drain,
                Duration.ZERO,
                StreamLimits.defaults());
    }

    /** For this machine alone, on a free port. */
    public static GatewaySettings ofLoopback() {
        return new GatewaySettings(
                "127.0.0.1", 0, List.of(), 4 << 20, Duration.ofSeconds(10), Duration.ofSeconds(30));
    }
}
