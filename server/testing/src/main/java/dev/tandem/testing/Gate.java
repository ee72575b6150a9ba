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
}
