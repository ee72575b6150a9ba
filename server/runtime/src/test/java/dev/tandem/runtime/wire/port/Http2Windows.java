package dev.tandem.runtime.wire.port;

import java.util.HashMap;
import java.util.Map;

/**
 * What the server may still send, in bytes: on the connection, which is stream 0, and on each
 * stream. Windows that shrink below zero by a smaller initial window are no fault; data beyond a
 * window is.
 */
final class Http2Windows {
    private final Map<Integer, Long> streams = new HashMap<>();
    private long connection = 65_535;
    private long initial = 65_535;
    private boolean overran;

    synchronized void initial(int size) {
        int more = (int) (size - initial);
        initial = size;
        streams.replaceAll((id, window) -> window + more);
    }

    synchronized void widen(int id, int increment) {
        if (id == 0) {
            connection += increment;
        } else {
            streams.merge(id, initial + increment, (was, now) -> was + increment);
        }
    }

    synchronized void take(int id, int length) {
        connection -= length;
        long stream = streams.merge(id, initial - length, (was, now) -> was - length);
        overran |= length > 0 && (connection < 0 || stream < 0);
    }

    synchronized long left(int id) {
        return id == 0 ? connection : streams.getOrDefault(id, initial);
    }

    /** Whether data ever came that no window allowed. */
    synchronized boolean overran() {
        return overran;
    }
}
