package dev.tandem.upstream.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Connections that wait for their next request, the one used last in front: so those that are not
 * needed grow old and go. For all threads.
 */
final class IdleConnections {
    private final int most;
    private final long longest; // ns
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Connection> idle = new ArrayDeque<>();
    private boolean closed;

    IdleConnections(HttpSettings settings) {
        most = settings.idle().isZero() ? 0 : settings.idleConnections();
        longest = settings.idle().toNanos();
    }

    /** A connection that is still there, or null. */
    @Nullable Connection take() {
        while (true) {
            Connection next = poll();
            if (next == null) {
                return null;
            }
            if (System.nanoTime() - next.idleSince() < longest && next.usable()) {
                return next;
            }
            next.abort();
        }
    }

    private @Nullable Connection poll() {
        lock.lock();
        try {
            return idle.pollFirst();
        } finally {
            lock.unlock();
        }
    }

    /** Takes a connection whose answer was read to its end. */
    void put(Connection connection) {
        connection.rest();
        lock.lock();
        try {
            if (!closed && idle.size() < most) {
                idle.addFirst(connection);
                return;
            }
        } finally {
            lock.unlock();
        }
        connection.abort();
    }

    /** How many wait. */
    int size() {
        lock.lock();
        try {
            return idle.size();
        } finally {
            lock.unlock();
        }
    }

    /** Ends those that have waited too long. */
    void sweep() {
        List<Connection> old = new ArrayList<>();
        long now = System.nanoTime();
        lock.lock();
        try {
            Iterator<Connection> oldest = idle.descendingIterator();
            while (oldest.hasNext()) {
                Connection each = oldest.next();
                if (now - each.idleSince() < longest) {
                    break;
                }
                oldest.remove();
                old.add(each);
            }
        } finally {
            lock.unlock();
        }
        old.forEach(Connection::abort);
    }

    /** Ends all of them, and those that come later. */
    void close() {
        List<Connection> all;
        lock.lock();
        try {
            closed = true;
            all = List.copyOf(idle);
            idle.clear();
        } finally {
            lock.unlock();
        }
        all.forEach(Connection::abort);
    }
}
