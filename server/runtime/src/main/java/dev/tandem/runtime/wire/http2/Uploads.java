package dev.tandem.runtime.wire.http2;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The request bodies of one connection's plain streams on their way to Helidon.
 *
 * <p>Helidon 4.5.0 has a queue of 32 frames for each stream, and its connection's thread waits
 * where one is full: an unread upload stops every stream of the connection. So no stream gets more
 * than {@link #IN_HELIDON} frames at a time; the rest lies in the stream's inbox, within the window
 * that the client was given, and goes on as Helidon gives windows back. That it does so for each
 * frame it was handed follows from its own window ({@link Http2Setup}). To be deleted when Helidon
 * puts DATA aside without waiting.
 *
 * <p>On the connection's thread but for {@link #consumed}.
 */
final class Uploads {
    /** Frames of a stream in Helidon's queue: fewer than fit, as ends and resets need a place. */
    private static final int IN_HELIDON = 24;

    private final HelidonFeed feed;
    private final FrameOutput output;
    private final StreamTable streams;
    private final Set<Plain> waiting = new LinkedHashSet<>();
    private volatile Runnable wake = () -> {};
    private volatile boolean holdsBack;

    Uploads(HelidonFeed feed, FrameOutput output, StreamTable streams) {
        this.feed = feed;
        this.output = output;
        this.streams = streams;
    }

    /** Something came for the stream, be it its end only. */
    void arrived(Plain stream) {
        handOn(stream);
        note();
    }

    /** Hands on what there is room for now. */
    void handOn() {
        if (holdsBack) {
            new ArrayList<>(waiting).forEach(this::handOn);
            note();
        }
    }

    private void note() {
        holdsBack = !waiting.isEmpty();
        // those who made room before they could see that somebody waits have woken nobody
        while (waiting.stream().anyMatch(Uploads::hasRoom)) {
            new ArrayList<>(waiting).forEach(this::handOn);
            holdsBack = !waiting.isEmpty();
        }
    }

    private static boolean hasRoom(Plain stream) {
        return stream.reset || stream.inHelidon.get() <= IN_HELIDON / 2;
    }

    private void handOn(Plain stream) {
        while (!stream.reset && !stream.endHanded && stream.inHelidon.get() < IN_HELIDON) {
            byte[] next = stream.inbox.poll(Frames.MAX_PAYLOAD);
            boolean last = stream.inbox.drained();
            if (next.length == 0 && !last) {
                waiting.remove(stream);
                return;
            }
            if (next.length > 0) {
                stream.inHelidon.incrementAndGet();
            }
            stream.endHanded = last;
            feed.pass(Frames.frame(Frames.DATA, last ? Frames.END_STREAM : 0, stream.id, next));
        }
        if (stream.reset || stream.endHanded) {
            waiting.remove(stream);
            streams.forgetIfSettled(stream);
        } else {
            waiting.add(stream);
        }
    }

    /** Whether bytes wait for room, which may come about at any time. */
    boolean holdsBack() {
        return holdsBack;
    }

    /** Runs the action, on any thread, whenever there is room for bytes that wait. */
    void onRoom(Runnable action) {
        wake = action;
    }

    /** Helidon's handler took a frame off its queue. */
    void consumed(Plain stream, int bytes) {
        stream.wait.taken();
        output.receive().taken(stream.inbox.consumed(bytes));
        int room = stream.inbox.windowUpdate();
        if (room > 0) {
            output.control(Frames.windowUpdate(stream.id, room));
        }
        if (stream.inHelidon.decrementAndGet() <= IN_HELIDON / 2 && holdsBack) {
            wake.run();
        }
    }
}
