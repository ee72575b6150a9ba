package dev.tandem.runtime.wire.port;

import dev.tandem.runtime.wire.connection.ClientSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The time that one client has for one step of its arrival or its leaving. When it is up the
 * client's side is ended, so that it may still be told; a second later the whole socket. No thread
 * is interrupted: that could meet it when it works for the client's protocol.
 *
 * <p>One thread takes the steps, another sweeps.
 */
final class StepLimit {
    private static final long TO_BE_TOLD = TimeUnit.SECONDS.toNanos(1);

    private final ClientSocket socket;

    // guarded by this
    private boolean running;
    private boolean up;
    private String step = "";
    private long until;

    StepLimit(ClientSocket socket) {
        this.socket = socket;
    }

    /** A step begins, and with it its time. */
    synchronized void begin(String name, Duration time) {
        step = name;
        until = System.nanoTime() + time.toNanos();
        running = true;
    }

    /** The step in progress may take this much longer, and no more. */
    synchronized void hurry(Duration time) {
        long sooner = System.nanoTime() + time.toNanos();
        if (running && sooner - until < 0) {
            until = sooner;
        }
    }

    /** Steps are over for now; false where the time of one was up, so the socket is of no use. */
    synchronized boolean end() {
        running = false;
        return !up;
    }

    /** What it took too long for; empty where it did not. */
    synchronized String missed() {
        return up ? step : "";
    }

    /** Ends a client whose time is up. Does not block. */
    synchronized void sweep(long now) {
        if (!running || now - until < 0) {
            return;
        }
        if (up) {
            socket.abort();
        } else {
            up = true;
            socket.endInput();
        }
        until = now + TO_BE_TOLD;
    }
}
