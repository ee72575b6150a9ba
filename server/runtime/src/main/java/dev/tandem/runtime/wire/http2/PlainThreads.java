package dev.tandem.runtime.wire.http2;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Helidon's threads of one connection's plain streams, and the end of waits that nobody else ends.
 *
 * <p>Each reads its request's body to the end before it is through, whatever became of the stream.
 * Helidon 4.5.0 never ends that wait where its connection ended before it had looked at the
 * stream's last frame, and where a stream was reset only with the connection's next frame; an
 * interrupt that came a moment earlier, to end the handler's own wait, is used up by then. So it is
 * looked again and again for threads that wait in vain, until they are through. To be deleted when
 * Helidon wakes them.
 */
final class PlainThreads {
    private final Set<Plain> begun = ConcurrentHashMap.newKeySet();

    /** Helidon's thread of the stream, which calls this, has begun. */
    void began(Plain stream) {
        stream.thread = Thread.currentThread();
        begun.add(stream);
    }

    /**
     * Ends the waits for bodies that will not come; to be called every 100 ms or so.
     *
     * @param ended whether the connection has ended
     */
    void sweep(boolean ended) {
        begun.removeIf(Plain::threadEnded);
        for (Plain stream : begun) {
            if (ended || stream.reset) {
                stream.interruptReader();
            }
        }
    }

    /** Whether there is none. */
    boolean isEmpty() {
        return begun.isEmpty();
    }
}
