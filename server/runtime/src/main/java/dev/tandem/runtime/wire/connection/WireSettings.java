package dev.tandem.runtime.wire.connection;

import java.time.Duration;

/** What both wires may be told; each part says its defaults, units and ranges. */
public record WireSettings(Streams streams, Keepalive keepalive, Age age, Sending sending) {
    /** Settings that suit a server of many long streams. */
    public static WireSettings defaults() {
        return new WireSettings(
                new Streams(1000, 256 * 1024, 8 * 1024 * 1024, 16 * 1024, 10_000),
                new Keepalive(Duration.ofSeconds(30), Duration.ofSeconds(10)),
                new Age(Duration.ofMinutes(30), Duration.ofMinutes(5)),
                new Sending(128 * 1024, Duration.ofSeconds(60)));
    }

    /** The same settings with other streams. */
    public WireSettings with(Streams other) {
        return new WireSettings(other, keepalive, age, sending);
    }

    /** The same settings with another keepalive. */
    public WireSettings with(Keepalive other) {
        return new WireSettings(streams, other, age, sending);
    }

    /** The same settings with another age. */
    public WireSettings with(Age other) {
        return new WireSettings(streams, keepalive, other, sending);
    }

    /** The same settings with other rules of sending. */
    public WireSettings with(Sending other) {
        return new WireSettings(streams, keepalive, age, other);
    }

    /**
     * The streams of one HTTP/2 connection.
     *
     * @param maxConcurrent streams a client is told it may have open at once, 1 to 1,000,000;
     *     default 1000. Streams above twice as many are refused, so that a client exactly at the
     *     limit never is
     * @param window bytes a client may send ahead on one stream, 65,535 to 16 MiB; default 256 KiB
     * @param connectionWindow bytes a client may send ahead on all streams, at least {@code
     *     window}, at most 1 GiB; default 8 MiB
     * @param maxHeaderBytes size of a request's headers as RFC 9113, section 6.5.2, counts it: 32
     *     bytes more each; 4 KiB to 16 KiB; default 16 KiB. A request with more is refused
     * @param maxResets streams that a client may cancel within 10 seconds before its connection is
     *     closed with ENHANCE_YOUR_CALM, at least 100; default 10,000
     */
    public record Streams(
            int maxConcurrent,
            int window,
            int connectionWindow,
            int maxHeaderBytes,
            int maxResets) {
        public Streams {
            range("max-concurrent-streams", maxConcurrent, 1, 1_000_000);
            range("stream-window", window, 65_535, 16 * 1024 * 1024);
            range("connection-window", connectionWindow, window, 1024 * 1024 * 1024);
            range("max-header-bytes", maxHeaderBytes, 4 * 1024, 16 * 1024);
            range("max-resets", maxResets, 100, Integer.MAX_VALUE);
        }
    }

    /**
     * When a silent HTTP/2 client counts as dead.
     *
     * @param pingAfter silence before a PING, at least 100 ms; default 30 s
     * @param pingTimeout further silence before the connection is closed, at least 100 ms; default
     *     10 s
     */
    public record Keepalive(Duration pingAfter, Duration pingTimeout) {
        public Keepalive {
            atLeast("ping-after", pingAfter, 100);
            atLeast("ping-timeout", pingTimeout, 100);
        }
    }

    /**
     * How long an HTTP/2 connection may live, so that long-lived clients spread over replicas.
     *
     * @param max age at which a connection says GOAWAY, each connection ±10 %, at least 1 s;
     *     default 30 min
     * @param grace time the calls in progress have from then on, 0 or more; default 5 min
     */
    public record Age(Duration max, Duration grace) {
        public Age {
            atLeast("max-age", max, 1000);
            atLeast("age-grace", grace, 0);
        }
    }

    /**
     * What a connection does with a client that reads slowly.
     *
     * @param backlog bytes that wait for the socket before senders are stopped, 16 KiB to 16 MiB;
     *     default 128 KiB a connection
     * @param stallLimit time a stopped sender waits for the client to take a byte before it fails,
     *     at least 100 ms; default 60 s
     */
    public record Sending(int backlog, Duration stallLimit) {
        public Sending {
            range("send-backlog", backlog, 16 * 1024, 16 * 1024 * 1024);
            atLeast("send-stall-limit", stallLimit, 100);
        }
    }

    private static void range(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s is %d; set it between %d and %d".formatted(key, value, least, most));
        }
    }

    private static void atLeast(String key, Duration value, long millis) {
        if (value.toMillis() < millis) {
            throw new IllegalArgumentException(
                    "%s is %d ms; set it to %d ms or more"
                            .formatted(key, value.toMillis(), millis));
        }
    }
}
