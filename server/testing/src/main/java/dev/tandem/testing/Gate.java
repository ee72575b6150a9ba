package dev.tandem.testing;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds a scripted engine until the test opens it. Opens once; for all threads. */
public final class Gate {
    private final CountDownLatch latch = new CountDownLatch(1);
    private final CountDownLatch reached = new CountDownLatch(1);

    /**
     * Waits until an engine stands before it.
     *
     * @throws IllegalStateException where none does within 20 s
     */
    public void awaitReached() {
        try {
            if (!reached.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("no engine came to the gate within 20 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }

    /** Lets everyone through, now and later. */
    public void open() {
        latch.countDown();
    }

    /** Waits until it is open; without limit, as a silent model does. */
    public void pass() throws InterruptedException {
        reached.countDown();
        latch.await();
    }

    /** As {@link #pass()}, whatever happens meanwhile; an interrupt is kept. */
    void passUninterrupted() {
        reached.countDown();
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
