package dev.tandem.runtime.wire.http2;

import dev.tandem.runtime.wire.connection.Registration;
import dev.tandem.runtime.wire.connection.WireSettings;
import io.helidon.http.http2.FlowControl;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A stream of Helidon's routing.
 *
 * <p>Helidon 4.5.0 writes DATA under one lock for the whole connection, so its sender may not wait
 * in our output. The brake is Helidon's own stream window: Helidon is told an initial window of 0
 * and gets credit here, never more than {@link #AHEAD} bytes beyond what has left, and never more
 * than the client gave.
 */
final class Plain extends TrackedStream {
    /** Bytes Helidon may write ahead of the socket. */
    static final int AHEAD = 32 * 1024;

    /**
     * Credit that surely wakes a sender parked in Helidon's flow control; what it then writes is
     * refused.
     */
    private static final int WAKE = 1 << 20;

    /** How long the rest of a body is read behind the answer, in nanoseconds. */
    private static final long LINGER = TimeUnit.SECONDS.toNanos(2);

    /** The class of Helidon 4.5.0 that takes a stream's frames from a queue. */
    private static final String HELIDONS_STREAM = "io.helidon.webserver.http2.Http2ServerStream";

    /**
     * Helidon's thread of this stream; null until it began. It must be known because Helidon 4.5.0
     * leaves it waiting for a body for ever when the connection ends first.
     */
    volatile @Nullable Thread thread;

    /** Helidon wrote END_STREAM; it may still wait for a window. */
    volatile boolean endWritten;

    /** What came of the request's body and is not with Helidon yet. */
    final Inbox inbox;

    /** DATA frames in Helidon's queue. */
    final AtomicInteger inHelidon = new AtomicInteger();

    /** Helidon was told the end of the client's side, or a reset; by the connection's thread. */
    volatile boolean endHanded;

    /** How long the client has been waited for to send the body. */
    final BodyWait wait;

    /** Asked when that is too long; null where nobody can answer. */
    private final AtomicReference<@Nullable BooleanSupplier> onSlowBody = new AtomicReference<>();

    private long restSince; // 0 until it was looked for first; of the thread that sweeps

    private final ReceiveWindow receive;

    // ---- guarded by the connection's send lock; the counts begin with the stream and only grow
    private FlowControl.@Nullable Outbound helidonWindow;

    /** Bytes the client has made room for in all. */
    long credit;

    /** Bytes Helidon was told it may send in all. */
    private long granted;

    /** Bytes that left for the socket. */
    long left;

    /** Bytes written by Helidon that wait for the connection's window. */
    int held;

    Plain(int id, Inbox inbox, ReceiveWindow receive, WireSettings.Patience patience) {
        super(id);
        wait = new BodyWait(patience, since);
        this.inbox = inbox;
        this.receive = receive;
    }

    void begin(FlowControl.Outbound room, SendWindow window) {
        helidonWindow = room;
        if (reset) {
            wake();
        } else {
            grant(window);
        }
    }

    /**
     * Tells Helidon of room that came about, in steps, since each is a wake-up. Room that shrank,
     * because the client lowered its initial window, is taken back (RFC 9113, section 6.9.2).
     */
    void grant(SendWindow window) {
        if (helidonWindow == null || (window.plainPaused && granted <= credit)) {
            return;
        }
        long more = Math.min(credit, left + AHEAD) - granted;
        boolean worthIt = more >= AHEAD / 4 || (more > 0 && granted + more == credit);
        if (worthIt || granted > credit) {
            granted += more;
            helidonWindow.incrementStreamWindowSize((int) more);
        }
    }

    /** Takes back the room that Helidon has not used. */
    void takeBack() {
        int unused = (int) (granted - left - held);
        if (helidonWindow != null && unused > 0) {
            granted -= unused;
            helidonWindow.incrementStreamWindowSize(-unused);
        }
    }

    /**
     * Ends the wait of a sender in Helidon 4.5.0's flow control, which a reset or the connection's
     * end does not.
     */
    void wake() {
        if (helidonWindow != null) {
            helidonWindow.incrementStreamWindowSize(WAKE);
        }
    }

    /**
     * Ends a wait that goes on although there is room: Helidon 4.5.0 may lose the signal that room
     * came about, and then looks again after up to 5 s.
     */
    void nudge() {
        if (helidonWindow != null && granted > left + held) {
            helidonWindow.incrementStreamWindowSize(0);
        }
    }

    /** Looks whether the client takes too long over the body it owes. */
    boolean bodyOverdue(long now) {
        boolean owed = !remoteEnded && !answered;
        return wait.overdue(now, owed && inHelidon.get() == 0 && inbox.isEmpty());
    }

    /** Looks whether the rest of a body has been read for long enough after the answer. */
    boolean restOverdue(long now) {
        if (!endWritten || remoteEnded) {
            return false;
        }
        if (restSince == 0) {
            restSince = now | 1;
        }
        return now - restSince > LINGER;
    }

    Registration onSlowBody(BooleanSupplier action) {
        onSlowBody.set(action);
        return () -> onSlowBody.compareAndSet(action, null);
    }

    /** Tells the reader of the body that it takes too long; false where none will answer. */
    boolean tellReader() {
        BooleanSupplier reader = onSlowBody.get();
        return reader != null && reader.getAsBoolean();
    }

    /**
     * Ends the wait for a body that will not come; without effect on a thread that does something
     * else, which would take the interrupt for its own. Helidon lends no other way to know.
     */
    void interruptReader() {
        Thread reader = thread;
        if (reader != null && waitsForBody(reader)) {
            reader.interrupt();
        }
    }

    private static boolean waitsForBody(Thread reader) {
        StackTraceElement[] frames = reader.getStackTrace();
        for (int i = 0; i + 1 < frames.length; i++) {
            if (frames[i].getMethodName().equals("take")) {
                return frames[i + 1].getClassName().equals(HELIDONS_STREAM);
            }
        }
        return false;
    }

    /**
     * Bytes that may leave on this stream now; not positive after the client lowered its initial
     * window.
     */
    long room() {
        return credit - left;
    }

    /**
     * Whether Helidon's thread of this stream is through, so that nobody will read or write any
     * more.
     */
    boolean threadEnded() {
        Thread worker = thread;
        return worker != null && !worker.isAlive();
    }

    /**
     * Whether it ended without an answer: Helidon 4.5.0 forgets the stream when its handler fails
     * to write.
     */
    boolean abandoned() {
        return threadEnded() && !endWritten;
    }

    @Override
    boolean settled() {
        return localEnded && remoteEnded && endHanded;
    }

    @Override
    boolean handlerEnded() {
        return threadEnded();
    }

    @Override
    void forgotten() {
        receive.taken(inbox.close());
    }

    @Override
    Inbox inbox() {
        return inbox;
    }
}
