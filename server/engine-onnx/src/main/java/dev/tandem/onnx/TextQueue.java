package dev.tandem.onnx;

import dev.tandem.runtime.admission.Admission;
import dev.tandem.runtime.admission.Capacity;
import dev.tandem.runtime.admission.FairLine;
import dev.tandem.runtime.admission.Guest;
import dev.tandem.runtime.admission.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Texts that wait to be computed, and the platform threads that compute them, one text each at a
 * time. Callers, and the requests of each, take turns text by text, so a request of one text does
 * not wait for another's two thousand. Safe for use by any thread.
 */
final class TextQueue implements AutoCloseable {
    private final Function<int[], float[]> model;
    private final int threads;
    private final Admission admission;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final FairLine<TextBatch> turns = new FairLine<>(); // those with texts nobody has taken
    private final List<Thread> workers = new ArrayList<>();
    private boolean closed;

    /**
     * @param model computes a text; called by the threads of the queue only
     * @param threads started with the first request
     * @param waiting how many requests may wait besides one for each thread
     */
    TextQueue(Function<int[], float[]> model, int threads, int waiting) {
        this.model = model;
        this.threads = threads;
        // requests are computed in turns: all that may wait run, slowly
        this.admission = new Admission(Capacity.of(threads + waiting, 0));
    }

    /**
     * Takes a request's texts.
     *
     * @param caller with whom turns are taken
     * @return to be closed by the caller, whether its texts are computed or not
     * @throws dev.tandem.runtime.admission.Overloaded where too many requests wait already
     */
    TextBatch submit(String caller, List<int[]> texts) {
        Ticket place = admission.join(caller, 1, null, Guest.SILENT);
        TextBatch batch = new TextBatch(caller, texts, ended -> end(ended, place));
        lock.lock();
        try {
            if (closed) {
                place.close();
                throw new CancellationException("the model is closed");
            }
            turns.add(caller, batch);
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
            while (turns.size() == 0 && !closed) {
                changed.awaitUninterruptibly();
            }
            TextBatch batch = turns.take();
            if (batch == null || closed) {
                return null;
            }
            TextBatch.Text text = batch.take();
            if (batch.hasMore()) {
                turns.add(batch.caller(), batch);
            }
            return text;
        } finally {
            lock.unlock();
        }
    }

    /** A batch is over, computed or not; called once for each. */
    private void end(TextBatch batch, Ticket place) {
        place.close();
        lock.lock();
        try {
            turns.remove(batch.caller(), batch);
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
            waiting = all();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        waiting.forEach(TextBatch::close);
        workers.forEach(TextQueue::join);
    }

    private List<TextBatch> all() {
        List<TextBatch> all = new ArrayList<>();
        for (TextBatch one = turns.take(); one != null; one = turns.take()) {
            all.add(one);
        }
        return all;
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
}
