package dev.tandem.runtime.wire.http2;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The streams of one connection: those in progress, those just ended, and the last one that may
 * still begin.
 *
 * <p>A stream takes one of the client's places from its HEADERS until both sides have ended it or
 * either has reset it. Our END_STREAM and RST_STREAM give the place back before the socket gets
 * them, so a client that waits for them is never above the limit by our count.
 */
final class StreamTable {
    private static final int ENDED_KEPT = 1024;

    private final Map<Integer, TrackedStream> open = new ConcurrentHashMap<>();
    private final Map<Integer, TrackedStream> atWork = new ConcurrentHashMap<>();
    private final Map<Integer, Answered> ended = new EndedStreams();
    private final PlainThreads threads = new PlainThreads();
    private final Object lock = new Object();
    private int last;
    private int lastTaken = Integer.MAX_VALUE;
    private int places;

    @Nullable TrackedStream find(int id) {
        return open.get(id);
    }

    Collection<TrackedStream> all() {
        return open.values();
    }

    int size() {
        return open.size();
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /**
     * Whether the client has used this id already, so that a frame for it is late rather than
     * wrong.
     */
    boolean seen(int id) {
        synchronized (lock) {
            return (id & 1) == 1 && id <= last;
        }
    }

    /** The highest id the client has used. */
    int lastSeen() {
        synchronized (lock) {
            return last;
        }
    }

    /** Takes note of a new id; false when our GOAWAY said that it would not be processed. */
    boolean begin(int id) {
        synchronized (lock) {
            last = Math.max(last, id);
            return id <= lastTaken;
        }
    }

    void add(TrackedStream stream) {
        synchronized (lock) {
            stream.takesPlace = true;
            places++;
        }
        open.put(stream.id, stream);
    }

    /** Streams that count towards the limit the client was told. */
    int placesTaken() {
        synchronized (lock) {
            return places;
        }
    }

    private void givePlaceBack(@Nullable TrackedStream stream) {
        synchronized (lock) {
            if (stream != null && stream.takesPlace) {
                stream.takesPlace = false;
                places--;
            }
        }
    }

    /** The stream was reset while its handler may be at work. */
    void leftAtWork(TrackedStream stream) {
        atWork.put(stream.id, stream);
        if (stream.handlerEnded()) {
            atWork.remove(stream.id);
        }
    }

    /** The handler of a stream is through, or never began. */
    void workEnded(int id) {
        atWork.remove(id);
    }

    /** Helidon's threads of plain streams. */
    PlainThreads threads() {
        return threads;
    }

    /** The stream, if it was reset before its thread ran. */
    @Nullable TrackedStream resetEarly(int id) {
        return atWork.get(id);
    }

    /** Streams that were reset and whose handlers are still at work. */
    int leftAtWork() {
        if (!atWork.isEmpty()) {
            atWork.values().removeIf(TrackedStream::handlerEnded);
        }
        return atWork.size();
    }

    /** The last stream that was or will be processed: what a GOAWAY has to say. */
    int lastProcessed() {
        synchronized (lock) {
            return Math.min(last, lastTaken);
        }
    }

    /** Streams above the returned id are refused from now on. */
    int stopAccepting() {
        synchronized (lock) {
            lastTaken = Math.min(last, lastTaken);
            return lastTaken;
        }
    }

    void remoteEnded(TrackedStream stream) {
        stream.remoteEnded = true;
        endedOnOneSide(stream);
    }

    void localEnded(TrackedStream stream) {
        stream.localEnded = true;
        endedOnOneSide(stream);
    }

    private void endedOnOneSide(TrackedStream stream) {
        if (stream.localEnded && stream.remoteEnded) {
            givePlaceBack(stream);
        }
        forgetIfSettled(stream);
    }

    void forgetIfSettled(TrackedStream stream) {
        if (stream.settled()) {
            forget(stream);
        }
    }

    void forget(TrackedStream stream) {
        givePlaceBack(stream);
        if (open.remove(stream.id, stream)) {
            if (stream.reset) {
                stream.goneActions.fire(); // the handler was faster than the one who tells
            } else {
                stream.goneActions.forget();
            }
            stream.forgotten();
        }
    }

    /** The client reset the stream: the next frame for it is answered once. */
    void endedByClient(int id) {
        givePlaceBack(open.get(id));
        synchronized (ended) {
            ended.put(id, Answered.NOT_YET);
        }
    }

    /**
     * We ended the stream before the client did: what it still sends is no mistake of its and goes
     * unanswered.
     */
    void endedByUs(int id) {
        givePlaceBack(open.get(id));
        synchronized (ended) {
            ended.put(id, Answered.YES);
        }
    }

    /**
     * Whether the stream ended early; streams that both sides ended in order are not remembered.
     */
    boolean endedEarly(int id) {
        synchronized (ended) {
            return ended.containsKey(id);
        }
    }

    /** Whether a frame for an ended stream is to be answered; true once a stream at most. */
    boolean answerLate(int id) {
        synchronized (ended) {
            return ended.put(id, Answered.YES) != Answered.YES;
        }
    }

    private enum Answered {
        YES,
        NOT_YET
    }

    private static final class EndedStreams extends LinkedHashMap<Integer, Answered> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Answered> eldest) {
            return size() > ENDED_KEPT;
        }
    }
}
