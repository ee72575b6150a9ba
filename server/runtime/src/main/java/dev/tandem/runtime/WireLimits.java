package dev.tandem.runtime;

import static dev.tandem.runtime.WireLimit.AGE_GRACE;
import static dev.tandem.runtime.WireLimit.BODY_RATE;
import static dev.tandem.runtime.WireLimit.BODY_TIME;
import static dev.tandem.runtime.WireLimit.CONNECTION_WINDOW;
import static dev.tandem.runtime.WireLimit.FRAME_TIME;
import static dev.tandem.runtime.WireLimit.HTTP1_BODY_TIME;
import static dev.tandem.runtime.WireLimit.HTTP1_FIELDS;
import static dev.tandem.runtime.WireLimit.HTTP1_HEADERS;
import static dev.tandem.runtime.WireLimit.HTTP1_HEAD_TIME;
import static dev.tandem.runtime.WireLimit.HTTP1_IDLE_TIME;
import static dev.tandem.runtime.WireLimit.HTTP1_REQUEST_LINE;
import static dev.tandem.runtime.WireLimit.MAX_AGE;
import static dev.tandem.runtime.WireLimit.MAX_CONNECTIONS;
import static dev.tandem.runtime.WireLimit.MAX_HEADERS;
import static dev.tandem.runtime.WireLimit.MAX_HEADER_FRAMES;
import static dev.tandem.runtime.WireLimit.MAX_IDLE_FRAMES;
import static dev.tandem.runtime.WireLimit.MAX_RESETS;
import static dev.tandem.runtime.WireLimit.MAX_STREAMS;
import static dev.tandem.runtime.WireLimit.PING_AFTER;
import static dev.tandem.runtime.WireLimit.PING_TIMEOUT;
import static dev.tandem.runtime.WireLimit.SEND_BACKLOG;
import static dev.tandem.runtime.WireLimit.SEND_STALL;
import static dev.tandem.runtime.WireLimit.SETTINGS_TIME;
import static dev.tandem.runtime.WireLimit.STREAM_WINDOW;
import static dev.tandem.runtime.WireLimit.TCP_PROBES;
import static dev.tandem.runtime.WireLimit.TCP_PROBE_AFTER;
import static dev.tandem.runtime.WireLimit.TCP_PROBE_EVERY;
import static dev.tandem.runtime.WireLimit.TCP_UNACKNOWLEDGED;
import static dev.tandem.runtime.WireLimit.TLS_HANDSHAKE;

import dev.tandem.runtime.wire.connection.WireSettings;
import java.time.Duration;
import java.util.Map;

/** The wire's settings out of single numbers. */
final class WireLimits {
    private final Map<WireLimit, Long> told;

    /**
     * @param told in the unit of each; one that is not told has its default
     * @throws IllegalArgumentException where a number is out of its range
     */
    WireLimits(Map<WireLimit, Long> told) {
        this.told = Map.copyOf(told);
        told.forEach((limit, number) -> {
            if (number < limit.least() || number > limit.most()) {
                throw new IllegalArgumentException(
                        "%s is %d; set it between %d and %d"
                                .formatted(limit, number, limit.least(), limit.most()));
            }
        });
    }

    WireSettings settings() {
        return new WireSettings(
                new WireSettings.Streams(
                        number(MAX_STREAMS),
                        number(STREAM_WINDOW),
                        number(CONNECTION_WINDOW),
                        number(MAX_HEADERS),
                        number(MAX_RESETS)),
                new WireSettings.Keepalive(time(PING_AFTER), time(PING_TIMEOUT)),
                new WireSettings.Age(time(MAX_AGE), time(AGE_GRACE)),
                new WireSettings.Sending(number(SEND_BACKLOG), time(SEND_STALL)),
                new WireSettings.Floods(number(MAX_IDLE_FRAMES), number(MAX_HEADER_FRAMES)),
                new WireSettings.Patience(
                        time(SETTINGS_TIME), time(FRAME_TIME), time(BODY_TIME), number(BODY_RATE)),
                new WireSettings.Http1(
                        number(HTTP1_REQUEST_LINE),
                        number(HTTP1_FIELDS),
                        number(HTTP1_HEADERS),
                        time(HTTP1_HEAD_TIME),
                        time(HTTP1_BODY_TIME),
                        time(HTTP1_IDLE_TIME)),
                new WireSettings.Tcp(
                        time(TCP_PROBE_AFTER),
                        time(TCP_PROBE_EVERY),
                        number(TCP_PROBES),
                        time(TCP_UNACKNOWLEDGED)),
                new WireSettings.Opening(time(TLS_HANDSHAKE), number(MAX_CONNECTIONS)));
    }

    private int number(WireLimit limit) {
        return Math.toIntExact(told.getOrDefault(limit, limit.fallback()));
    }

    private Duration time(WireLimit limit) {
        return Duration.ofSeconds(told.getOrDefault(limit, limit.fallback()));
    }
}
