package dev.tandem.onnx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Texts that wait to be computed, and the platform threads that compute them, one text each at a
 * time. Requests take turns text by text, so a request of one text does not wait for another's two
 * thousand. Safe for use by any thread.
 */
final class TextQueue implements AutoCloseable {
    private final Function<int[], float[]> model;
    private final int threads;
    private final int mostRequests;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<TextBatch> turns = new ArrayDeque<>(); // those with texts nobody has taken
    private final List<Thread> workers = new ArrayList<>();
    private int open; // requests that are not over
    private boolean closed;

    /**
     * @param model computes a text; called by the threads of the queue only
     * @param threads started with the first request
     * @param waiting how many requests may wait besides one for each thread
     */
    TextQueue(Function<int[], float[]> model, int threads, int waiting) {
        this.model = model;
        this.threads = threads;
        this.mostRequests = threads + waiting;
    }

    /**
     * Takes a request's texts.
     *
     * @return to be closed by the caller, whether its texts are computed or not
     * @throws QueueFull where too many requests wait already
     */
    TextBatch submit(List<int[]> texts) throws QueueFull {
        lock.lock();
        try {
            if (closed) {
                throw new CancellationException("the model is closed");
            }
            if (open >= mostRequests) {
                throw new QueueFull(open);
            }
            open++;
            TextBatch batch = new TextBatch(texts, this::end);
            turns.add(batch);
            startWorkers();
            changed.signalAll();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void startWorkers() {
        while (workers.size() < threads) {
            workers.add(
                    Thread.ofPlatform()
                            .name("minilm-" + workers.size())
                            .daemon()
                            .start(this::work));
        }
    }

    private void work() {
        for (TextBatch.Text text = next(); text != null; text = next()) {
            text.compute(model);
        }
    }

    /** The next text, whoever's turn it is; null when the queue is closed. */
    private TextBatch.@Nullable Text next() {
        lock.lock();
        try {
            while (turns.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            TextBatch batch = turns.poll();
            if (batch == null || closed) {
                return null;
            }
            TextBatch.Text text = batch.take();
            if (batch.hasMore()) {
                turns.add(batch);
            }
            return text;
        } finally {
            lock.unlock();
        }
    }

    /** A batch is over, computed or not; called once for each. */
    private void end(TextBatch batch) {
        lock.lock();
        try {
            turns.remove(batch);
            open--;
        } finally {
            lock.unlock();
        }
    }

    /** Fails what waits and returns when no thread is in the model any more. */
    @Override
    public void close() {
        List<TextBatch> waiting;
        lock.lock();
        try {
            closed = true;
            waiting = List.copyOf(turns);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        waiting.forEach(TextBatch::close);
        workers.forEach(TextQueue::join);
    }

    private static void join(Thread worker) {
        boolean interrupted = false;
        while (worker.isAlive()) {
            try {
                worker.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** So many requests wait that no more are taken. */
    static final class QueueFull extends Exception {
        private static final long serialVersionUID = 1;

        private final int open;

        QueueFull(int open) {
            super(open + " requests run or wait");
            this.open = open;
        }

        /** How many run or wait. */
        int open() {
            return open;
        }
    }
}
