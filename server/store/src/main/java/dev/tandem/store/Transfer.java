package dev.tandem.store;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Moves bytes from the network to the disk, and gives up when none come for a minute. */
final class Transfer {
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final InputStream body;
    private final Part part;
    private final Progress progress;
    private final AtomicBoolean alive = new AtomicBoolean();

    Transfer(InputStream body, Part part, Progress progress) {
        this.body = body;
        this.part = part;
        this.progress = progress;
    }

    static byte[] first(InputStream body, int length) throws IOException {
        try {
            return body.readNBytes(length);
        } catch (IOException e) {
            throw new Download.Broken(e);
        }
    }

    /**
     * Runs to the end of the body.
     *
     * @param most the most bytes that the part may have
     */
    void run(long most) throws IOException, StoreException {
        try (ScheduledExecutorService watch =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("download-watch").factory())) {
            ScheduledFuture<?> looks =
                    watch.scheduleWithFixedDelay(
                            this::giveUpWhenSilent,
                            SILENCE.toSeconds(),
                            SILENCE.toSeconds(),
                            TimeUnit.SECONDS);
            try {
                copy(most);
            } finally {
                looks.cancel(true);
            }
        }
    }

    private void copy(long most) throws IOException, StoreException {
        byte[] buffer = new byte[1 << 16];
        long size = part.size();
        for (int n = read(buffer); n >= 0; n = read(buffer)) {
            if (size + n > most) {
                throw new StoreException("The server sends more than it said: given up.");
            }
            part.append(buffer, n);
            size += n;
            progress.at(size);
        }
    }

    private int read(byte[] buffer) throws IOException {
        try {
            int n = body.read(buffer);
            alive.set(true);
            return n;
        } catch (IOException e) {
            throw new Download.Broken(e);
        }
    }

    /** Closing the body makes the waiting read fail. */
    private void giveUpWhenSilent() {
        if (!alive.getAndSet(false)) {
            try {
                body.close();
            } catch (IOException e) {
                alive.set(false); // the read fails in any case
            }
        }
    }
}
