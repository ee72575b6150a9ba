package dev.tandem.runtime.wire.http2;

import dev.tandem.runtime.wire.connection.StreamGoneException;
import dev.tandem.runtime.wire.connection.StreamGoneException.Reason;
import dev.tandem.runtime.wire.connection.WireSettings;
import java.util.ArrayDeque;
import java.util.Collection;

/**
 * The threads that send DATA on owned streams of one connection; under the send lock. Each waits
 * until its stream's window, the connection's window and the socket take its bytes, so nothing is
 * ever kept for them. Those stopped by the connection stand in line and are woken one after the
 * other, in turn with the held frames of plain streams.
 */
final class OwnedSenders {
    private final SendWindow window;
    private final SocketBatch batch;
    private final HeldFrames held;
    private final StreamTable streams;
    private final int backlog;
    private final long stallNanos;
    private final ArrayDeque<Owned> line = new ArrayDeque<>();
    private boolean lineIsNext;

    OwnedSenders(
            SendWindow window,
            SocketBatch batch,
            HeldFrames held,
            StreamTable streams,
            WireSettings.Sending sending) {
        this.window = window;
        this.batch = batch;
        this.held = held;
        this.streams = streams;
        backlog = sending.backlog();
        stallNanos = sending.stallLimit().toNanos();
    }

    /**
     * Sends all bytes or throws {@link StreamGoneException}; an interrupt does not end the wait and
     * is kept.
     */
    void send(Owned stream, byte[] bytes, int offset, int length, boolean end) {
        window.lock.lock();
        try {
            int sent = 0;
            do {
                awaitRoom(stream, length - sent);
                int room = (int) Math.min(window.connection, stream.sendWindow);
                int now = Math.min(length - sent, Math.min(Math.max(room, 0), Frames.MAX_PAYLOAD));
                boolean last = sent + now == length;
                batch.appendData(stream.id, bytes, offset + sent, now, end && last);
                stream.sendWindow -= now;
                window.left(now);
                sent += now;
                if (end && last) {
                    streams.localEnded(stream);
                }
            } while (sent < length);
        } finally {
            leaveLine(stream);
            window.lock.unlock();
        }
    }

    /**
     * Waits without a time limit of its own: a timed wait wakes the scheduler's timer thread twice,
     * and in a saturated stream every few messages wait. {@link #sweep} has the limit.
     */
    private void awaitRoom(Owned stream, int length) {
        if (maySend(stream, length)) {
            return;
        }
        stream.waitsSince = System.nanoTime() | 1;
        try {
            do {
                if (stream.stalled) {
                    stream.sendAborted = true;
                    throw new StreamGoneException(Reason.STALLED);
                }
                stream.canSend.awaitUninterruptibly();
            } while (!maySend(stream, length));
        } finally {
            stream.waitsSince = 0;
            stream.stalled = false;
        }
    }

    /** Ends the waits that have become too long; to be called every 100 ms or so. */
    void sweep(Collection<TrackedStream> streams, long now) {
        window.lock.lock();
        try {
            for (TrackedStream stream : streams) {
                if (stream instanceof Owned owned
                        && owned.waitsSince != 0
                        && now - owned.waitsSince > stallNanos) {
                    owned.stalled = true;
                    owned.canSend.signal();
                }
            }
        } finally {
            window.lock.unlock();
        }
    }

    /** Whether the stream may send now; if not it stands in line, unless its own window is shut. */
    private boolean maySend(Owned stream, int length) {
        if (batch.failure() != null) {
            throw new StreamGoneException(Reason.CONNECTION_ENDED);
        }
        if (stream.reset) {
            throw new StreamGoneException(Reason.RESET);
        }
        if (stream.sendAborted) {
            throw new StreamGoneException(Reason.ABORTED);
        }
        if (length > 0 && stream.sendWindow <= 0) {
            leaveLine(stream);
            return false;
        }
        if (connectionTakes(length) && (stream.hasTurn || line.isEmpty())) {
            return true;
        }
        if (!stream.inLine) {
            standInLine(stream);
        }
        return false;
    }

    private void standInLine(Owned stream) {
        if (stream.hasTurn) {
            stream.hasTurn = false;
            line.addFirst(stream);
        } else {
            line.addLast(stream);
        }
        stream.inLine = true;
    }

    private void leaveLine(Owned stream) {
        if (stream.inLine) {
            line.remove(stream);
            stream.inLine = false;
        }
        if (stream.hasTurn || !line.isEmpty() || !held.isEmpty()) {
            stream.hasTurn = false;
            advance();
        }
    }

    /** Gives the connection's room to the held frames and to the first in line, in turn. */
    void advance() {
        if (!lineIsNext || line.isEmpty()) {
            held.drain();
        }
        lineIsNext = !lineIsNext;
        if (!line.isEmpty() && connectionTakes(1)) {
            Owned first = line.poll();
            first.inLine = false;
            first.hasTurn = true;
            first.canSend.signal();
        }
    }

    private boolean connectionTakes(int length) {
        return batch.size() <= backlog && (length == 0 || window.connection > 0);
    }

    /** Something changed for this stream: its window, a reset, an aborted send. */
    void wake(Owned stream) {
        stream.canSend.signal();
    }
}
