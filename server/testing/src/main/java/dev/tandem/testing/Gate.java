package dev.tandem.testing;

import java.util.concurrent.CountDownLatch;

/** Holds a scripted engine until the test opens it. Opens once; for all threads. */
public final class Gate {
    private final CountDownLatch latch = new CountDownLatch(1);

    /** Lets everyone through, now and later. */
    public void open() {
        latch.countDown();
    }

    /** Waits until it is open; without limit, as a silent model does. */
    void pass() throws InterruptedException {
        latch.await();
    }

    /** As {@link #pass()}, whatever happens meanwhile; an interrupt is kept. */
    void passUninterrupted() {
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
