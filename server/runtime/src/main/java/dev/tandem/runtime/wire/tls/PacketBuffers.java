package dev.tandem.runtime.wire.tls;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Buffers in which records are encrypted, lent for a write each: an open connection that says
 * nothing has none.
 */
final class PacketBuffers {
    /** The most plain bytes of one record (RFC 8446, section 5.1). */
    static final int PLAIN = 16 * 1024;

    /** What Java's engine wants to have free, header, padding and all. */
    private static final int PACKET = PLAIN + 1024;

    private static final int KEPT = 64;

    private final ConcurrentLinkedDeque<Pair> free = new ConcurrentLinkedDeque<>();
    private final AtomicInteger kept = new AtomicInteger();

    /** Room for a record as it is and as it is sent. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Pair(byte[] plain, byte[] packet) {}

    Pair borrow() {
        Pair pair = free.pollFirst();
        if (pair == null) {
            return new Pair(new byte[PLAIN], new byte[PACKET]);
        }
        kept.decrementAndGet();
        return pair;
    }

    void giveBack(Pair pair) {
        if (kept.get() < KEPT) {
            kept.incrementAndGet();
            free.addFirst(pair);
        }
    }
}
