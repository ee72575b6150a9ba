package dev.tandem.runtime.wire.rest;

import dev.tandem.runtime.wire.connection.Peer;
import dev.tandem.runtime.wire.connection.Registration;
import io.helidon.webserver.http.ServerRequest;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The read of one request's body on the calling thread. Over HTTP/2 Helidon 4.5.0 waits for it
 * without limit, and an interrupt, which looks like the body's end, is the only way out: so it has
 * to be known whether there was one, and it is taken back afterwards.
 */
final class BodyRead implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock(); // guards all below
    private final Registration registration;
    private boolean over;
    private boolean tooSlow;

    /** Begins; to be closed on the same thread. */
    BodyRead(ServerRequest request) {
        registration = Peer.onSlowBody(request, this::giveUp);
    }

    private boolean giveUp() {
        lock.lock();
        try {
            tooSlow |= !over;
            return !over;
        } finally {
            lock.unlock();
        }
    }

    /** Was the client too slow, so that what looks like the end is none? */
    boolean tooSlow() {
        lock.lock();
        try {
            return tooSlow;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        registration.close();
        lock.lock();
        try {
            over = true;
            if (tooSlow) {
                Thread.interrupted(); // one that the call was cancelled by shows in the call itself
            }
        } finally {
            lock.unlock();
        }
    }
}
