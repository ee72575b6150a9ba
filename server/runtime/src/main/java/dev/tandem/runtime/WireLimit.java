package dev.tandem.runtime;

import dev.tandem.runtime.wire.connection.WireSettings;
import java.time.Duration;
import java.util.function.Function;

/**
 * Every limit and time of connections that a program may let its users set, one a line: unit,
 * range, where its default stands, and what it does. A new one is a line here and its place in
 * {@link WireLimits}.
 */
public enum WireLimit {
    /** Connections at once. */
    MAX_CONNECTIONS(
            Unit.COUNT,
            0,
            10_000_000,
            of -> of.opening().maxConnections(),
            "The most connections at once; 0 is as many as open files allow. Those above wait unaccepted."),
    /** Time for the TLS handshake. */
    TLS_HANDSHAKE(
            Unit.SECONDS,
            1,
            600,
            of -> of.opening().handshake(),
            "How long a client may take over the TLS handshake."),
    /** Streams of an HTTP/2 connection. */
    MAX_STREAMS(
            Unit.COUNT,
            1,
            1_000_000,
            of -> of.streams().maxConcurrent(),
            "The most streams at once on one HTTP/2 connection."),
    /** Room of an HTTP/2 stream. */
    STREAM_WINDOW(
            Unit.BYTES,
            65_535,
            16L << 20,
            of -> of.streams().window(),
            "Bytes that a client may send ahead of the handler on one HTTP/2 stream."),
    /** Room of an HTTP/2 connection. */
    CONNECTION_WINDOW(
            Unit.BYTES,
            65_535,
            1L << 30,
            of -> of.streams().connectionWindow(),
            "The same on all streams of an HTTP/2 connection; at least `TANDEM_STREAM_WINDOW`."),
    /** Size of request headers over HTTP/2. */
    MAX_HEADERS(
            Unit.BYTES,
            4 << 10,
            16 << 10,
            of -> of.streams().maxHeaderBytes(),
            "The size of a request's headers over HTTP/2, each counted with 32 bytes more."),
    /** Cancelled streams. */
    MAX_RESETS(
            Unit.COUNT,
            100,
            1_000_000_000,
            of -> of.streams().maxResets(),
            "Streams that a client may waste in 10 s before its HTTP/2 connection is closed."),
    /** Silence before a PING. */
    PING_AFTER(
            Unit.SECONDS,
            1,
            86_400,
            of -> of.keepalive().pingAfter(),
            "How long an HTTP/2 client may be silent before it is asked with PING."),
    /** Silence after it. */
    PING_TIMEOUT(
            Unit.SECONDS,
            1,
            3600,
            of -> of.keepalive().pingTimeout(),
            "How long it has for the answer before its connection is closed."),
    /** Age of an HTTP/2 connection. */
    MAX_AGE(
            Unit.SECONDS,
            1,
            31_536_000,
            of -> of.age().max(),
            "The age, give or take 10 %, at which an HTTP/2 connection is told to go elsewhere."),
    /** Time for its calls then. */
    AGE_GRACE(
            Unit.SECONDS,
            0,
            86_400,
            of -> of.age().grace(),
            "How long its calls in progress may go on then."),
    /** Bytes that wait for a socket. */
    SEND_BACKLOG(
            Unit.BYTES,
            16 << 10,
            16L << 20,
            of -> of.sending().backlog(),
            "Bytes that may wait for the socket of an HTTP/2 connection before handlers wait."),
    /** Time without a byte taken. */
    SEND_STALL(
            Unit.SECONDS,
            1,
            86_400,
            of -> of.sending().stallLimit(),
            "How long a client may take nothing of an answer before the call ends."),
    /** Size of a request's first line over HTTP/1.1. */
    HTTP1_REQUEST_LINE(
            Unit.BYTES,
            1 << 10,
            64 << 10,
            of -> of.http1().maxRequestLine(),
            "The size of a request's first line over HTTP/1.1."),
    /** Header fields of a request over HTTP/1.1. */
    HTTP1_FIELDS(
            Unit.COUNT,
            16,
            1000,
            of -> of.http1().maxFields(),
            "The most header fields of a request over HTTP/1.1."),
    /** Size of a request's head over HTTP/1.1. */
    HTTP1_HEADERS(
            Unit.BYTES,
            (1 << 10) + 1,
            256 << 10,
            of -> of.http1().maxHeadBytes(),
            "The size of a request's first line and header fields over HTTP/1.1; more than `TANDEM_HTTP1_REQUEST_LINE`."),
    /** Time for a request's head. */
    HTTP1_HEAD_TIME(
            Unit.SECONDS,
            1,
            3600,
            of -> of.http1().headTime(),
            "How long a request's head may take over HTTP/1.1 from its first byte, and any connection's first byte."),
    /** Time without a byte of a body. */
    HTTP1_BODY_TIME(
            Unit.SECONDS,
            1,
            3600,
            of -> of.http1().bodyTime(),
            "How long a body may bring no byte over HTTP/1.1 while the server waits for it."),
    /** Time between two requests. */
    HTTP1_IDLE_TIME(
            Unit.SECONDS,
            1,
            86_400,
            of -> of.http1().idleTime(),
            "How long an HTTP/1.1 connection may wait for its next request."),
    /** Silence before TCP's keepalive probe. */
    TCP_PROBE_AFTER(
            Unit.SECONDS,
            1,
            32_767,
            of -> of.tcp().probeAfter(),
            "How long a connection may be silent before TCP asks whether the client's system is there."),
    /** Time between probes. */
    TCP_PROBE_EVERY(
            Unit.SECONDS,
            1,
            32_767,
            of -> of.tcp().probeEvery(),
            "How long TCP waits between two such questions."),
    /** Probes without answer. */
    TCP_PROBES(
            Unit.COUNT,
            1,
            20,
            of -> of.tcp().probes(),
            "How many such questions may stay without answer."),
    /** Time without an acknowledgement. */
    TCP_UNACKNOWLEDGED(
            Unit.SECONDS,
            1,
            86_400,
            of -> of.tcp().unacknowledged(),
            "How long sent bytes may go without acknowledgement (Linux)."),
    /** Frames that bring nothing. */
    MAX_IDLE_FRAMES(
            Unit.COUNT,
            100,
            100_000_000,
            of -> of.floods().maxIdleFrames(),
            "Frames without content in 10 s on one HTTP/2 connection, above those that its answers account for."),
    /** Frames of a header block. */
    MAX_HEADER_FRAMES(
            Unit.COUNT,
            1,
            1024,
            of -> of.floods().maxHeaderFrames(),
            "HEADERS and CONTINUATION frames of one header block."),
    /** Time to the client's SETTINGS. */
    SETTINGS_TIME(
            Unit.SECONDS,
            1,
            3600,
            of -> of.patience().settings(),
            "How long an HTTP/2 client may take from its first byte to its SETTINGS."),
    /** Time for a frame. */
    FRAME_TIME(
            Unit.SECONDS,
            1,
            3600,
            of -> of.patience().frame(),
            "How long a frame or a header block of HTTP/2 may take from its first byte to its last."),
    /** Time without a byte of an upload. */
    BODY_TIME(
            Unit.SECONDS,
            1,
            3600,
            of -> of.patience().body(),
            "How long a REST request's body may bring no byte over HTTP/2 while the server waits for it."),
    /** Bytes a second of an upload. */
    BODY_RATE(
            Unit.BYTES,
            0,
            1 << 30,
            of -> of.patience().bodyRate(),
            "Bytes a second at which a REST request's body must come: the server waits for it as long as it may bring no byte, and a second more for each so many bytes that came. 0 for any pace.");

    /** What numbers of a limit are. */
    public enum Unit {
        /** A number of things. */
        COUNT,
        /** Bytes. */
        BYTES,
        /** Whole seconds. */
        SECONDS
    }

    private final Unit unit;
    private final long least;
    private final long most;

    @SuppressWarnings("ImmutableEnumChecker") // none of the functions has state
    private final Function<WireSettings, Object> place;

    private final String about;

    WireLimit(
            Unit unit, long least, long most, Function<WireSettings, Object> place, String about) {
        this.unit = unit;
        this.least = least;
        this.most = most;
        this.place = place;
        this.about = about;
    }

    /** What its numbers are. */
    public Unit unit() {
        return unit;
    }

    /** The least that is allowed. */
    public long least() {
        return least;
    }

    /** The most that is allowed. */
    public long most() {
        return most;
    }

    /** The number where none is told. */
    public long fallback() {
        return in(WireSettings.defaults());
    }

    /** A sentence or two of Markdown for the users of a program. */
    public String about() {
        return about;
    }

    /** The number that stands in settings. */
    long in(WireSettings settings) {
        return place.apply(settings) instanceof Duration time
                ? time.toSeconds()
                : ((Number) place.apply(settings)).longValue();
    }
}
