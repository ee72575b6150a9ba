package dev.tandem.runtime.wire.http2;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Frames that Helidon wrote and the client's windows do not take yet; under the send lock.
 *
 * <p>HEADERS must leave in the order in which HPACK encoded them, and trailers after their stream's
 * DATA. So trailers behind held DATA wait, and then all HEADERS after them; other HEADERS pass by.
 */
final class HeldFrames {
    /**
     * Bytes that may wait before Helidon is given no more room, on any stream. What its senders are
     * about to write then still comes, a frame of each.
     */
    static final int MOST = 256 * 1024;

    private final SendWindow window;
    private final SocketBatch batch;
    private final StreamTable streams;
    private ArrayDeque<Held> frames = new ArrayDeque<>();
    private int bytes;
    private int headers;

    private static final class Held {
        final byte[] frame;
        final @Nullable TrackedStream stream;

        Held(byte[] frame, @Nullable TrackedStream stream) {
            this.frame = frame;
            this.stream = stream;
        }

        boolean isData() {
            return Frames.type(frame) == Frames.DATA;
        }

        int payload() {
            return frame.length - Frames.HEADER;
        }
    }

    HeldFrames(SendWindow window, SocketBatch batch, StreamTable streams) {
        this.window = window;
        this.batch = batch;
        this.streams = streams;
    }

    int bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    /** DATA of a plain stream: leaves as far as the windows take it, the rest waits. */
    void data(byte[] frame, Plain stream) {
        Held whole = new Held(frame, stream);
        long room = Math.min(window.connection, stream.room());
        if (frames.isEmpty() && whole.payload() <= room) {
            leave(whole);
        } else {
            hold(whole);
            stream.held += whole.payload();
            drain();
            if (bytes > MOST && !window.plainPaused) {
                pause();
            }
        }
    }

    /**
     * A whole header block (HEADERS and its CONTINUATIONs); a stream that Helidon no longer has may
     * be null.
     */
    void headers(byte[] block, @Nullable TrackedStream stream) {
        Held held = new Held(block, stream);
        if (headers == 0 && !(stream instanceof Plain plain && plain.held > 0)) {
            leave(held);
            return;
        }
        hold(held);
        headers++;
        if (stream != null) {
            stream.headersHeld = true;
        }
    }

    /** RST_STREAM: never before the HEADERS of its stream, which would then open it anew. */
    void reset(byte[] frame, @Nullable TrackedStream stream) {
        if (stream != null && stream.headersHeld) {
            hold(new Held(frame, stream));
        } else {
            batch.append(frame);
        }
    }

    /** Drops the DATA of a stream that was reset. Its HEADERS stay: HPACK counts on them. */
    void drop(Plain stream) {
        if (stream.held > 0) {
            frames.removeIf(held -> held.isData() && held.stream == stream);
            bytes = frames.stream().mapToInt(held -> held.frame.length).sum();
            stream.held = 0;
            drain();
        }
    }

    /** Lets go what the windows take now. */
    void drain() {
        if (frames.isEmpty() || (window.connection <= 0 && headers == 0)) {
            return;
        }
        ArrayDeque<Held> before = frames;
        frames = new ArrayDeque<>();
        bytes = 0;
        headers = 0;
        Set<TrackedStream> stopped = new HashSet<>();
        Set<Plain> moved = new HashSet<>();
        for (Held held : before) {
            if (held.isData()) {
                drainData(held, stopped, moved);
            } else {
                drainOther(held, stopped);
            }
        }
        if (window.plainPaused && bytes < MOST / 2) {
            window.plainPaused = false;
            eachPlain(plain -> plain.grant(window));
        }
        moved.forEach(plain -> plain.grant(window));
    }

    private void pause() {
        window.plainPaused = true;
        eachPlain(Plain::takeBack);
    }

    private void eachPlain(Consumer<Plain> action) {
        for (TrackedStream stream : streams.all()) {
            if (stream instanceof Plain plain) {
                action.accept(plain);
            }
        }
    }

    private void drainData(Held held, Set<TrackedStream> stopped, Set<Plain> moved) {
        if (!(held.stream instanceof Plain stream)) {
            return;
        }
        Held rest = held;
        int room = (int) Math.min(Math.min(window.connection, stream.room()), held.payload());
        if (!stopped.contains(stream) && (room > 0 || held.payload() == 0)) {
            boolean whole = room == held.payload();
            leave(whole ? held : new Held(first(held.frame, room), stream));
            stream.held -= room;
            moved.add(stream);
            if (whole) {
                return;
            }
            rest = new Held(rest(held.frame, room), stream);
        }
        stopped.add(stream);
        hold(rest);
    }

    private void drainOther(Held held, Set<TrackedStream> stopped) {
        boolean isHeaders = Frames.type(held.frame) == Frames.HEADERS;
        boolean waits = held.stream != null && stopped.contains(held.stream);
        if (waits || (isHeaders && headers > 0)) {
            hold(held);
            headers += isHeaders ? 1 : 0;
            if (held.stream != null) {
                stopped.add(held.stream);
            }
            return;
        }
        if (isHeaders && held.stream != null) {
            held.stream.headersHeld = false;
        }
        leave(held);
    }

    private void hold(Held held) {
        frames.add(held);
        bytes += held.frame.length;
    }

    private void leave(Held held) {
        batch.append(held.frame);
        if (held.isData() && held.stream instanceof Plain plain) {
            window.plainLeft(held.payload());
            plain.left += held.payload();
        }
        if (held.stream != null) {
            held.stream.answered = true;
        }
        boolean mayEnd = held.isData() || Frames.type(held.frame) == Frames.HEADERS;
        if (mayEnd && held.stream != null && Frames.has(held.frame, Frames.END_STREAM)) {
            streams.localEnded(held.stream);
        }
    }

    private static byte[] first(byte[] frame, int payload) {
        byte[] part = new byte[Frames.HEADER + payload];
        Frames.putHeader(part, 0, payload, Frames.DATA, 0, Frames.streamId(frame));
        System.arraycopy(frame, Frames.HEADER, part, Frames.HEADER, payload);
        return part;
    }

    private static byte[] rest(byte[] frame, int gone) {
        int payload = frame.length - Frames.HEADER - gone;
        byte[] part = new byte[Frames.HEADER + payload];
        Frames.putHeader(part, 0, payload, Frames.DATA, frame[4], Frames.streamId(frame));
        System.arraycopy(frame, Frames.HEADER + gone, part, Frames.HEADER, payload);
        return part;
    }
}
