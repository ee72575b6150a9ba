package dev.tandem.runtime.hosting;

import io.grpc.ServerCall;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Calls the listener of a hosted call, never twice at the same time. "Ready" is the one event that
 * another thread than the call's own has to tell; it waits for nobody: whoever is calling the
 * listener just then tells it on the way out.
 */
final class Callbacks {
    private final ReentrantLock calling = new ReentrantLock();
    private final AtomicBoolean readyDue = new AtomicBoolean();
    private volatile ServerCall.@Nullable Listener<?> listener;

    /** The listener, once the service has made it. */
    void listener(ServerCall.Listener<?> made) {
        listener = made;
    }

    /** Runs one call of the listener, and "ready" where that came up meanwhile. */
    void run(Runnable event) {
        calling.lock();
        try {
            event.run();
        } finally {
            calling.unlock();
        }
        tellReady();
    }

    /** Tells that the call is ready for more messages, now or soon. */
    void ready() {
        readyDue.set(true);
        tellReady();
    }

    private void tellReady() {
        ServerCall.Listener<?> known = listener;
        while (known != null && readyDue.get() && calling.tryLock()) {
            try {
                if (readyDue.getAndSet(false)) {
                    known.onReady();
                }
            } finally {
                calling.unlock();
            }
        }
    }
}
