package dev.tandem.runtime.wire.http1;

import dev.tandem.runtime.wire.connection.WireSettings;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long a connection waits for its client's next bytes, by what they are part of. The thread
 * that reads says what it waits for; the sweep looks whether it has waited too long.
 */
final class Patience {
    /** What the bytes are part of. */
    enum Wait {
        /** Nobody waits. */
        NONE,
        /** The next request. */
        IDLE,
        /** A head that has begun. */
        HEAD,
        /** A body. */
        BODY,
        /** Nothing any more: they are dropped. */
        LINGER
    }

    /** How long bytes of no use are read behind the last answer, so that the client sees it. */
    static final Duration LINGER = Duration.ofSeconds(2);

    private final WireSettings.Http1 settings;
    private final int bodyRate;
    private volatile Wait wait = Wait.NONE;
    private volatile long since;
    private volatile boolean over;
    private volatile long bodyTime; // of the wait that begins, in nanoseconds
    private volatile boolean steady; // whether the body's pace counts
    private volatile boolean patient; // whether it may stop coming, too
    private long bodyWaited; // the reading thread's, as are its bytes
    private long bodyBytes;

    Patience(WireSettings settings) {
        this.settings = settings.http1();
        bodyRate = settings.patience().bodyRate();
        bodyTime = this.settings.bodyTime().toNanos();
    }

    /** A request begins. */
    void newRequest() {
        steady = bodyRate > 0;
        patient = false;
        bodyWaited = 0;
        bodyBytes = 0;
    }

    /**
     * The body of the request is a stream of messages, which come when there is something to say:
     * neither its pace nor its silence counts. The limits of its call do. From any thread.
     */
    void anyPace() {
        steady = false;
        patient = true;
    }

    /**
     * The reading thread waits from now on.
     *
     * @param from when it began, by {@link System#nanoTime()}
     */
    void begin(Wait what, long from) {
        since = from;
        if (what == Wait.BODY) {
            bodyTime = bodyLeft();
        }
        wait = what;
    }

    /** The reading thread has its bytes: so many. */
    void end(int bytes) {
        if (wait == Wait.BODY) {
            bodyWaited += System.nanoTime() - since;
            bodyBytes += bytes;
        }
        wait = Wait.NONE;
    }

    /**
     * How long a body may bring no byte; less where all waits for it have lasted that long and a
     * second for each so many bytes that came.
     */
    private long bodyLeft() {
        long silence = settings.bodyTime().toNanos();
        if (!steady) {
            return silence;
        }
        long earned = TimeUnit.SECONDS.toNanos(1) / bodyRate * bodyBytes;
        return Math.min(silence, silence + earned - bodyWaited);
    }

    /**
     * Whether the wait has just become too long; true once.
     *
     * @param now by {@link System#nanoTime()}
     */
    boolean endsAt(long now) {
        long begun = since;
        Wait what = wait;
        if (what == Wait.NONE || over || now - begun <= limit(what)) {
            return false;
        }
        over = true;
        return true;
    }

    /** Has the client been given up? */
    boolean over() {
        return over;
    }

    private long bodyLimit() {
        if (patient) {
            return Long.MAX_VALUE;
        }
        return steady ? bodyTime : settings.bodyTime().toNanos();
    }

    private long limit(Wait what) {
        return switch (what) {
            case HEAD -> settings.headTime().toNanos();
            case BODY -> bodyLimit();
            case LINGER -> LINGER.toNanos();
            case NONE, IDLE -> settings.idleTime().toNanos();
        };
    }
}
