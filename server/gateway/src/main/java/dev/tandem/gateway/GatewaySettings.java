package dev.tandem.gateway;

import dev.tandem.runtime.WireLimit;
import dev.tandem.runtime.policy.StreamLimits;
import dev.tandem.runtime.tls.TlsSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
 * @param tls how it speaks TLS; empty where it does not
 * @param limits limits of connections, each in its own unit; those that are missing have their
 *     defaults
 */
public record GatewaySettings(
        String host,
        int port,
        List<String> allowedHosts,
        int maxRequestBytes,
        Duration heartbeat,
        Duration drain,
        Duration drainDelay,
        StreamLimits timeLimits,
        Optional<TlsSettings> tls,
        Map<WireLimit, Long> limits) {

    public GatewaySettings {
        allowedHosts = List.copyOf(allowedHosts);
        limits = Map.copyOf(limits);
    }

    /** Without TLS and a delay before the drain, with the usual limits. */
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
                StreamLimits.defaults(),
                Optional.empty(),
                Map.of());
    }

    /** For this machine alone, on a free port. */
    public static GatewaySettings ofLoopback() {
        return new GatewaySettings(
                "127.0.0.1", 0, List.of(), 4 << 20, Duration.ofSeconds(10), Duration.ofSeconds(30));
    }
}
