package dev.tandem.runtime.wire.rest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/** A client's socket that takes a write only when it is told to. */
final class SlowSocket extends OutputStream {
    private final Semaphore permits = new Semaphore(0);
    private final List<String> writes = new CopyOnWriteArrayList<>();
    private final List<Thread> writers = new CopyOnWriteArrayList<>();
    private volatile boolean broken;

    /** Takes so many writes more. */
    void take(int count) {
        permits.release(count);
    }

    /** Takes all writes from now on. */
    void takeAll() {
        permits.release(Integer.MAX_VALUE / 2);
    }

    /** Fails every write from now on. */
    void breakDown() {
        broken = true;
        takeAll();
    }

    /** What was written, a write each, those in progress included. */
    List<String> writes() {
        return writes;
    }

    /** Who wrote. */
    List<Thread> writers() {
        return writers;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        writers.add(Thread.currentThread());
        writes.add(new String(bytes, offset, length, StandardCharsets.US_ASCII));
        permits.acquireUninterruptibly();
        if (broken) {
            throw new IOException("the client is gone");
        }
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }
}
