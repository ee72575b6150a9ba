package dev.tandem.runtime.wire.connection;

import java.time.Duration;

/** What both wires may be told; each part says its defaults, units and ranges. */
public record WireSettings(
        Streams streams,
        Keepalive keepalive,
        Age age,
        Sending sending,
        Floods floods,
        Patience patience,
        Http1 http1,
        Tcp tcp,
        Opening opening) {
    /** Settings that suit a server of many long streams. */
    public static WireSettings defaults() {
        return new WireSettings(
                new Streams(1000, 256 * 1024, 8 * 1024 * 1024, 16 * 1024, 2000),
                new Keepalive(Duration.ofSeconds(30), Duration.ofSeconds(10)),
                new Age(Duration.ofMinutes(30), Duration.ofMinutes(5)),
                new Sending(128 * 1024, Duration.ofSeconds(60)),
                new Floods(10_000, 32),
                new Patience(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(60),
                        1024),
                Http1.standard(),
                Tcp.standard(),
                new Opening(Duration.ofSeconds(10), 0));
    }

    /** One of the parts. */
    public sealed interface Part {}

    /** The same settings with another part in the place of the one of its kind. */
    public WireSettings with(Part other) {
        return new WireSettings(
                other instanceof Streams part ? part : streams,
                other instanceof Keepalive part ? part : keepalive,
                other instanceof Age part ? part : age,
                other instanceof Sending part ? part : sending,
                other instanceof Floods part ? part : floods,
                other instanceof Patience part ? part : patience,
                other instanceof Http1 part ? part : http1,
                other instanceof Tcp part ? part : tcp,
                other instanceof Opening part ? part : opening);
    }

    /**
     * The streams of one HTTP/2 connection.
     *
     * @param maxConcurrent streams a client may have open at once, 1 to 1,000,000; default 1000.
     *     One more is refused. As many handlers may still be at work on streams that were reset;
     *     while there are more, new streams are refused too
     * @param window bytes a client may send ahead on one stream, 65,535 to 16 MiB; default 256 KiB
     * @param connectionWindow bytes a client may send ahead on all streams, at least {@code
     *     window}, at most 1 GiB; default 8 MiB
     * @param maxHeaderBytes size of a request's headers as RFC 9113, section 6.5.2, counts it: 32
     *     bytes more each; 4 KiB to 16 KiB; default 16 KiB. A request with more is answered with
     *     431
     * @param maxResets streams that a client may waste within 10 seconds before its connection is
     *     closed with ENHANCE_YOUR_CALM, at least 100; default 2000. Wasted is a stream that the
     *     client cancels within a second of its beginning and before anything of the answer has
     *     left, one that we had to reset for what the client sent, and one above {@code
     *     maxConcurrent}
     */
    public record Streams(
            int maxConcurrent, int window, int connectionWindow, int maxHeaderBytes, int maxResets)
            implements Part {
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
    public record Keepalive(Duration pingAfter, Duration pingTimeout) implements Part {
        public Keepalive {
            atLeast("ping-after", pingAfter, 100);
            atLeast("ping-timeout", pingTimeout, 100);
        }
    }

    /**
     * How long a connection may live, so that long-lived clients spread over replicas.
     *
     * @param max age at which an HTTP/2 connection says GOAWAY, and from which on an answer is the
     *     last of its HTTP/1.1 connection, each connection ±10 %, at least 1 s; default 30 min
     * @param grace time the calls in progress over HTTP/2 have from then on, 0 or more; default 5
     *     min
     */
    public record Age(Duration max, Duration grace) implements Part {
        public Age {
            atLeast("max-age", max, 1000);
            atLeast("age-grace", grace, 0);
        }
    }

    /**
     * What a connection does with a client that reads slowly.
     *
     * @param backlog bytes that wait for the socket of an HTTP/2 connection before senders are
     *     stopped, 16 KiB to 16 MiB; default 128 KiB a connection
     * @param stallLimit time a stopped sender waits for the client to take a byte (over HTTP/1.1: 8
     *     KiB) before it fails, at least 100 ms; default 60 s
     */
    public record Sending(int backlog, Duration stallLimit) implements Part {
        public Sending {
            range("send-backlog", backlog, 16 * 1024, 16 * 1024 * 1024);
            atLeast("send-stall-limit", stallLimit, 100);
        }
    }

    /**
     * How connections begin.
     *
     * @param handshake time a client has for the TLS handshake, at least 100 ms; default 10 s
     * @param maxConnections connections at once, 0 to 10,000,000; 0, the default, is as many as
     *     there may be open files, less a tenth and at least 64 (Linux; any number elsewhere).
     *     Those above wait in the operating system's queue
     */
    public record Opening(Duration handshake, int maxConnections) implements Part {
        public Opening {
            atLeast("handshake-limit", handshake, 100);
            range("max-connections", maxConnections, 0, 10_000_000);
        }
    }

    /**
     * Bounds on HTTP/2 frames that bring nothing.
     *
     * @param maxIdleFrames frames without content (PING, PRIORITY, WINDOW_UPDATE, empty DATA,
     *     frames of unknown type, RST_STREAM for streams that ended; SETTINGS counts for ten)
     *     within 10 seconds before a connection is closed with ENHANCE_YOUR_CALM, 100 to
     *     100,000,000; default 10,000. Each DATA frame that was sent allows 4 more, each stream
     *     that began 10
     * @param maxHeaderFrames HEADERS and CONTINUATION frames of one header block, 1 to 1024;
     *     default 32. One more closes the connection with ENHANCE_YOUR_CALM
     */
    public record Floods(int maxIdleFrames, int maxHeaderFrames) implements Part {
        public Floods {
            range("max-idle-frames", maxIdleFrames, 100, 100_000_000);
            range("max-header-frames", maxHeaderFrames, 1, 1024);
        }
    }

    /**
     * What one HTTP/1.1 connection may ask of the server before a handler sees it.
     *
     * @param maxRequestLine bytes of a request's first line, 1 KiB to 64 KiB; default 8 KiB
     * @param maxFields header fields of a request, 16 to 1,000; default 100
     * @param maxHeadBytes bytes of the request line and all header fields, more than {@code
     *     maxRequestLine}, at most 256 KiB; default 32 KiB
     * @param headTime time for a whole head from its first byte on, and for the first byte of a new
     *     connection, at least 100 ms; default 15 s
     * @param bodyTime time without a byte of a body that somebody waits for, at least 100 ms;
     *     default 30 s
     * @param idleTime time between two requests of a connection, at least 100 ms; default 5 min
     */
    public record Http1(
            int maxRequestLine,
            int maxFields,
            int maxHeadBytes,
            Duration headTime,
            Duration bodyTime,
            Duration idleTime)
            implements Part {
        public Http1 {
            range("http1-request-line", maxRequestLine, 1024, 64 * 1024);
            range("http1-header-fields", maxFields, 16, 1000);
            range("http1-header-bytes", maxHeadBytes, maxRequestLine + 1, 256 * 1024);
            atLeast("http1-header-time", headTime, 100);
            atLeast("http1-body-time", bodyTime, 100);
            atLeast("http1-idle-time", idleTime, 100);
        }

        /** The defaults. */
        public static Http1 standard() {
            return new Http1(
                    8 * 1024,
                    100,
                    32 * 1024,
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(5));
        }
    }

    /**
     * How long an HTTP/2 client may take over what it has begun.
     *
     * @param settings from the connection's begin to the client's SETTINGS, at least 100 ms;
     *     default 10 s. Then GOAWAY with SETTINGS_TIMEOUT
     * @param frame from a frame's or a header block's first byte to its last, at least 100 ms;
     *     default 30 s. Then GOAWAY with ENHANCE_YOUR_CALM
     * @param body without a byte of a request's body that a REST handler waits for, at least 100
     *     ms; default 60 s. Then 408. Owned streams, which may be silent for hours, have no such
     *     limit
     * @param bodyRate bytes a second, 0 to 1 GiB, at which a body of a REST request must come on
     *     average over both protocols, once it has been waited for as long as it may be silent: all
     *     waits together may last that long and a second for each so many bytes that came; default
     *     1024. Then 408. 0 for no such limit
     */
    public record Patience(Duration settings, Duration frame, Duration body, int bodyRate)
            implements Part {
        public Patience {
            range("body-rate", bodyRate, 0, 1 << 30);
            atLeast("settings-patience", settings, 100);
            atLeast("frame-patience", frame, 100);
            atLeast("body-patience", body, 100);
        }
    }

    /**
     * When a client that says nothing more, not even in TCP, counts as dead. Over every protocol.
     *
     * @param probeAfter silence before the first keepalive probe, whole seconds, at least 1 s;
     *     default 30 s
     * @param probeEvery time between two probes, whole seconds, at least 1 s; default 10 s
     * @param probes probes without answer that end a connection, 1 to 20; default 3
     * @param unacknowledged how long sent bytes may go without acknowledgement, or wait for a
     *     client that has no room, before the connection ends, at least 1 s; default 60 s. Linux
     *     only, and where native access is allowed to this module
     */
    public record Tcp(Duration probeAfter, Duration probeEvery, int probes, Duration unacknowledged)
            implements Part {
        public Tcp {
            atLeast("tcp-probe-after", probeAfter, 1000);
            atLeast("tcp-probe-every", probeEvery, 1000);
            range("tcp-probes", probes, 1, 20);
            atLeast("tcp-unacknowledged", unacknowledged, 1000);
        }

        /** The defaults. */
        public static Tcp standard() {
            return new Tcp(
                    Duration.ofSeconds(30), Duration.ofSeconds(10), 3, Duration.ofSeconds(60));
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
