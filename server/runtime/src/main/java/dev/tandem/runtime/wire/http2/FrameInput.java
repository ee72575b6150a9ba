package dev.tandem.runtime.wire.http2;

import io.helidon.webserver.ServerConnectionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What Helidon reads of one HTTP/2 connection: the client's bytes as {@link InboundFrames} leave
 * them. On Helidon's thread.
 */
final class FrameInput implements Supplier<byte @Nullable []> {
    /**
     * Helidon's own view of the connection's send window is kept above this; the true one is {@link
     * SendWindow}'s.
     */
    private static final int HELIDON_WINDOW_STEP = 1 << 29;

    private final SocketReads reads;
    private final HelidonFeed feed;
    private final SendWindow window;
    private final InboundFrames frames;
    private final Consumer<ConnectionError> onError;
    private final Runnable onEnd;
    private final FrameCollector collector = new FrameCollector();
    private boolean prefaceSeen;
    private boolean settingsPassed;
    private boolean moreFrames;
    private boolean endTold;
    private volatile boolean over;
    private long helidonWindowOwed = Frames.MAX_WINDOW - 65_535L;
    private volatile boolean atEnd;
    private volatile long lastRead = System.nanoTime();
    private volatile long frameSince;
    private volatile long blockSince;

    /**
     * The input of one connection.
     *
     * @param onError sends GOAWAY; the input then ends
     * @param onEnd lets all streams go; before the input ends
     */
    FrameInput(
            SocketReads reads,
            HelidonFeed feed,
            SendWindow window,
            InboundFrames frames,
            Consumer<ConnectionError> onError,
            Runnable onEnd) {
        this.reads = reads;
        this.feed = feed;
        this.window = window;
        this.frames = frames;
        this.onError = onError;
        this.onEnd = onEnd;
        // Helidon 4.5.0 logs a stack trace where the client's own does not come or is none
        feed.pass(Frames.preface());
    }

    /** When bytes last came, in {@link System#nanoTime()}. */
    long lastRead() {
        return lastRead;
    }

    /** Whether the client has ended its side or its socket failed. */
    boolean atEnd() {
        return atEnd;
    }

    /** Whether the client began a frame or a header block so long ago and has not ended it. */
    boolean unfinished(long now, long nanos) {
        long frame = frameSince;
        long block = blockSince;
        return (frame != 0 && now - frame > nanos) || (block != 0 && now - block > nanos);
    }

    /** From any thread: what comes from now on is not looked at. */
    void stop() {
        over = true;
    }

    /** The next bytes for Helidon; null at the end of the input. */
    @Override
    public byte @Nullable [] get() {
        while (!over) {
            byte[] ready = feed.take();
            if (ready != null) {
                return ready;
            }
            if (!step()) {
                over = true;
            }
        }
        if (!endTold) {
            endTold = true;
            onEnd.run(); // Helidon is told of its streams' ends before it is told of its own
        }
        return feed.take();
    }

    private boolean step() {
        try {
            frames.helidonHasSeenAll();
            if (moreFrames) {
                cut();
                return true;
            }
            if (feed.isEmpty()) {
                byte[] bytes = read();
                if (bytes == null) {
                    return false;
                }
                if (bytes.length > 0) {
                    lastRead = System.nanoTime();
                    collector.add(bytes);
                    cut();
                }
            }
        } catch (ServerConnectionException e) {
            return false; // the client left without a word
        } catch (ConnectionError e) {
            over = true;
            onError.accept(e);
        }
        return true;
    }

    private byte @Nullable [] read() {
        boolean well = false;
        try {
            byte[] bytes = reads.next();
            well = bytes != null;
            return bytes;
        } finally {
            atEnd = !well;
        }
    }

    private void cut() {
        boolean complete = false;
        moreFrames = false;
        for (byte[] next = collector.next(); next != null; next = collector.next()) {
            complete = true;
            if (!take(next)) {
                moreFrames = true;
                break;
            }
        }
        note(complete);
    }

    private boolean take(byte[] frame) {
        if (!prefaceSeen) {
            prefaceSeen = true;
            return true;
        }
        boolean onwards = frames.accept(frame);
        widenHelidonWindow();
        return onwards;
    }

    private void note(boolean complete) {
        long now = System.nanoTime() | 1;
        if (!collector.isPartial()) {
            frameSince = 0;
        } else if (complete || frameSince == 0) {
            frameSince = now;
        }
        if (!frames.headersOpen()) {
            blockSince = 0;
        } else if (blockSince == 0) {
            blockSince = now;
        }
    }

    /** Not before Helidon has seen SETTINGS, which is the first frame. */
    private void widenHelidonWindow() {
        helidonWindowOwed += window.takePlainSent();
        if (!settingsPassed || helidonWindowOwed >= HELIDON_WINDOW_STEP) {
            settingsPassed = true;
            feed.pass(Frames.windowUpdate(0, (int) helidonWindowOwed));
            helidonWindowOwed = 0;
        }
    }
}
