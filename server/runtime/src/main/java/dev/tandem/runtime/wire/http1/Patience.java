package dev.tandem.runtime.wire.http1;

import dev.tandem.runtime.wire.connection.WireSettings;
import java.time.Duration;

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
    private static final Duration LINGER = Duration.ofSeconds(2);

    private final WireSettings.Http1 settings;
    private volatile Wait wait = Wait.NONE;
    private volatile long since;
    private volatile boolean over;

    Patience(WireSettings.Http1 settings) {
        this.settings = settings;
    }

    /**
     * The reading thread waits from now on.
     *
     * @param from when it began, by {@link System#nanoTime()}
     */
    void begin(Wait what, long from) {
        since = from;
        wait = what;
    }

    /** The reading thread has its bytes. */
    void end() {
        wait = Wait.NONE;
    }

    /**
     * Whether the wait has just become too long; true once.
     *
     * @param now by {@link System#nanoTime()}
     */
    boolean endsAt(long now) {
        long begun = since;
        Wait what = wait;
        if (what == Wait.NONE || over || now - begun <= limit(what).toNanos()) {
            return false;
        }
        over = true;
        return true;
    }

    /** Has the client been given up? */
    boolean over() {
        return over;
    }

    private Duration limit(Wait what) {
        return switch (what) {
            case HEAD -> settings.headTime();
            case BODY -> settings.bodyTime();
            case LINGER -> LINGER;
            case NONE, IDLE -> settings.idleTime();
        };
    }
}
