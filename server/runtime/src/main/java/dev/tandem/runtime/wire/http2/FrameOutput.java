package dev.tandem.runtime.wire.http2;

import dev.tandem.runtime.wire.connection.WireSettings;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Everything that leaves one HTTP/2 connection.
 *
 * <p>Helidon 4.5.0 writes each frame with a system call of its own and counts the connection's
 * window without a lock, so that under load it sends more than the client allows. Here all frames
 * are gathered, and all flow control of the connection is done; Helidon is made to believe in a
 * huge connection window. Helidon calls {@link #writeNow(BufferData)} with whole frames, one at a
 * time, in the order in which HPACK encoded them. To be deleted when Helidon's own flow control is
 * atomic and its writes are batched.
 */
final class FrameOutput implements DataWriter {
    /**
     * Bytes of control frames that wait for the socket before the connection is given up: the
     * client floods and reads nothing.
     */
    private static final int CONTROL_BACKLOG = 256 * 1024;

    /** A connection's window before any WINDOW_UPDATE (RFC 9113, section 6.9.2). */
    private static final int INITIAL_WINDOW = 65_535;

    private final StreamTable streams;
    private final HelidonFeed feed;
    private final WireSettings settings;
    private final SendWindow window = new SendWindow();
    private final ReentrantLock lock = window.lock;
    private final Condition socketTakes = lock.newCondition();
    private final HeaderBlockWriter blocks = new HeaderBlockWriter();
    private final ReceiveWindow receive;
    private final SocketBatch batch;
    private final HeldFrames held;
    private final OwnedSenders senders;
    private final SendCredits credits;
    private final Uploads uploads;
    private @Nullable TablelessBlocks tableless; // null for most clients
    private boolean settingsSent;
    private volatile boolean aborted;

    FrameOutput(
            HelidonSocket socket, StreamTable streams, HelidonFeed feed, WireSettings settings) {
        this.streams = streams;
        this.feed = feed;
        this.settings = settings;
        receive =
                new ReceiveWindow(
                        settings.streams().connectionWindow(),
                        increment -> control(Frames.windowUpdate(0, increment)));
        batch = new SocketBatch(lock, socket, this::socketChanged);
        held = new HeldFrames(window, batch, streams);
        senders = new OwnedSenders(window, batch, held, streams, settings.sending());
        credits = new SendCredits(window, streams, senders);
        uploads = new Uploads(feed, this, streams);
    }

    SendWindow window() {
        return window;
    }

    ReceiveWindow receive() {
        return receive;
    }

    SendCredits credits() {
        return credits;
    }

    OwnedSenders senders() {
        return senders;
    }

    Uploads uploads() {
        return uploads;
    }

    // ---- Helidon's side

    @Override
    public void write(BufferData... buffers) {
        writeNow(BufferData.create(buffers));
    }

    @Override
    public void write(BufferData buffer) {
        writeNow(buffer);
    }

    @Override
    public void writeNow(BufferData... buffers) {
        writeNow(BufferData.create(buffers));
    }

    @Override
    public void flush() {
        // frames leave as soon as the socket takes them
    }

    @Override
    public void writeNow(BufferData buffer) {
        byte[] frame = buffer.readBytes();
        int id = Frames.streamId(frame);
        lock.lock();
        try {
            awaitSocket(isMessage(frame) ? settings.sending().backlog() : CONTROL_BACKLOG);
            TrackedStream stream = id == 0 ? null : streams.find(id);
            switch (Frames.type(frame)) {
                case Frames.DATA -> data(frame, stream);
                case Frames.HEADERS, Frames.CONTINUATION -> {
                    byte[] block = blocks.add(frame);
                    if (block != null) {
                        noteEnd(block, stream);
                        held.headers(
                                tableless == null ? block : tableless.translated(block), stream);
                    }
                }
                case Frames.RST_STREAM -> reset(frame, stream);
                case Frames.SETTINGS -> settings(frame);
                case Frames.GOAWAY -> goAway(frame);
                case Frames.WINDOW_UPDATE -> {
                    if (stream instanceof Plain plain) {
                        uploads.consumed(plain, Frames.int32(frame, Frames.HEADER));
                    }
                }
                default -> batch.append(frame);
            }
        } finally {
            lock.unlock();
        }
    }

    private static boolean isMessage(byte[] frame) {
        int type = Frames.type(frame);
        return type == Frames.DATA || type == Frames.HEADERS || type == Frames.CONTINUATION;
    }

    private void awaitSocket(int limit) {
        while (batch.size() > limit && batch.failure() == null) {
            socketTakes.awaitUninterruptibly();
        }
        ServerConnectionException failure = batch.failure();
        if (failure != null) {
            throw failure;
        }
    }

    private void data(byte[] frame, @Nullable TrackedStream stream) {
        if (!(stream instanceof Plain plain) || stream.reset) {
            throw new CloseConnectionException(
                    "the client reset the stream"); // ends the handler only
        }
        noteEnd(frame, plain);
        held.data(frame, plain);
        plain.grant(window);
    }

    private static void noteEnd(byte[] frame, @Nullable TrackedStream stream) {
        if (stream instanceof Plain plain && Frames.has(frame, Frames.END_STREAM)) {
            plain.endWritten = true;
        }
    }

    /** Helidon gives a stream up. Of one that the client reset, the client knows. */
    private void reset(byte[] frame, @Nullable TrackedStream stream) {
        if (!(stream instanceof Plain plain) || stream.reset) {
            return;
        }
        plain.reset = true;
        held.drop(plain);
        held.reset(frame, plain);
        streams.endedByUs(plain.id);
        streams.forget(plain);
        feed.resetLater(plain);
    }

    /**
     * Replaces Helidon's first SETTINGS: its limit of streams is switched off, since it sends a
     * client away with GOAWAY that is exactly at it, its windows are not the client's ({@link
     * Uploads}), and it has no setting for the connection's window.
     */
    private void settings(byte[] frame) {
        if (settingsSent) {
            batch.append(frame);
            return;
        }
        settingsSent = true;
        WireSettings.Streams told = settings.streams();
        batch.append(
                Frames.settings(
                        Frames.SETTINGS_ENABLE_PUSH, 0,
                        Frames.SETTINGS_MAX_CONCURRENT_STREAMS, told.maxConcurrent(),
                        Frames.SETTINGS_INITIAL_WINDOW_SIZE, told.window(),
                        Frames.SETTINGS_MAX_HEADER_LIST_SIZE, told.maxHeaderBytes()));
        int more = told.connectionWindow() - INITIAL_WINDOW;
        if (more > 0) {
            append(Frames.windowUpdate(0, more));
        }
    }

    /**
     * Helidon 4.5.0 always says last stream 0: clients would repeat elsewhere what was done here.
     */
    private void goAway(byte[] frame) {
        Frames.putInt32(frame, Frames.HEADER, streams.lastProcessed());
        batch.append(frame);
    }

    private void append(byte[] frame) {
        if (Frames.type(frame) == Frames.WINDOW_UPDATE && Frames.streamId(frame) == 0) {
            receive.granted(Frames.int32(frame, Frames.HEADER));
        }
        batch.append(frame);
    }

    // ---- our side; none of these waits

    /** The client keeps a smaller header table than Helidon fills. Before its first request. */
    void clientHasSmallTable() {
        lock.lock();
        try {
            tableless = new TablelessBlocks();
        } finally {
            lock.unlock();
        }
    }

    /** Sends a small control frame of the connection's. */
    void control(byte[] frame) {
        lock.lock();
        try {
            if (batch.failure() == null) {
                append(frame);
                giveUpFlooded();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Sends RST_STREAM for a stream, behind its HEADERS. */
    void reset(TrackedStream stream, int errorCode) {
        lock.lock();
        try {
            if (batch.failure() == null) {
                held.reset(Frames.rstStream(stream.id, errorCode), stream);
                giveUpFlooded();
            }
        } finally {
            lock.unlock();
        }
    }

    private void giveUpFlooded() {
        if (batch.size() + held.bytes() > 2 * CONTROL_BACKLOG + HeldFrames.MOST) {
            batch.fail(new IOException("the client sends and does not read"));
        }
    }

    /**
     * The stream was reset or its connection ended: lets its sender fail and drops what waits of
     * it.
     */
    void gone(TrackedStream stream) {
        lock.lock();
        try {
            switch (stream) {
                case Owned owned -> senders.wake(owned);
                case Plain plain -> {
                    plain.wake();
                    held.drop(plain);
                }
            }
            senders.advance();
        } finally {
            lock.unlock();
        }
    }

    /** Lets a waiting sender look again whether it may go on. */
    void wake(Owned stream) {
        lock.lock();
        try {
            senders.wake(stream);
        } finally {
            lock.unlock();
        }
    }

    /** Wakes a plain stream's sender that sleeps although it has room. */
    void nudge(Plain stream) {
        lock.lock();
        try {
            stream.nudge();
        } finally {
            lock.unlock();
        }
    }

    private void socketChanged() {
        socketTakes.signalAll();
        if (batch.failure() == null) {
            senders.advance();
            return;
        }
        for (TrackedStream stream : streams.all()) {
            if (stream instanceof Owned owned) {
                senders.wake(owned);
            }
        }
    }

    // ---- the connection's end

    /** Whether the connection was given up, so that no last words are left to wait for. */
    boolean aborted() {
        return aborted;
    }

    /** Whether all that was sent has been taken by the socket. */
    boolean idle() {
        lock.lock();
        try {
            return held.isEmpty() && batch.idle();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the socket has taken nothing for so long. */
    boolean stuck(long now, long nanos) {
        long since = batch.writingSince();
        return since != 0 && now - since > nanos;
    }

    /** Bytes kept for the client that it has not taken. */
    int heldBytes() {
        lock.lock();
        try {
            return held.bytes() + batch.size();
        } finally {
            lock.unlock();
        }
    }

    void abort(String why) {
        aborted = true;
        batch.fail(new IOException(why));
    }

    /** Lets what waits leave, for a second at most; then nothing can be sent any more. */
    @Override
    public void close() {
        batch.close();
    }
}
