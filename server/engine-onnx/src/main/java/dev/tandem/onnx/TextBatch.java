package dev.tandem.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The texts of one request. {@link #take} is called under the queue's lock; the rest by any thread.
 */
final class TextBatch implements AutoCloseable {
    private final String caller;
    private final List<int[]> texts;
    private final float[][] vectors;
    private final Consumer<TextBatch> onEnd;
    private final AtomicInteger left;
    private final AtomicBoolean over = new AtomicBoolean();
    private final CompletableFuture<List<float[]>> done = new CompletableFuture<>();
    private int taken;

    TextBatch(String caller, List<int[]> texts, Consumer<TextBatch> onEnd) {
        this.caller = caller;
        this.texts = texts;
        this.vectors = new float[texts.size()][];
        this.left = new AtomicInteger(texts.size());
        this.onEnd = onEnd;
    }

    /**
     * Waits for all vectors, in the order of the texts.
     *
     * @throws ExecutionException with what the model threw
     * @throws java.util.concurrent.CancellationException when the batch was closed
     */
    List<float[]> await() throws InterruptedException, ExecutionException {
        return done.get();
    }

    /** With whom its turns are taken. */
    String caller() {
        return caller;
    }

    boolean hasMore() {
        return taken < texts.size();
    }

    Text take() {
        return new Text(taken++);
    }

    /** Leaves out the texts that are not in work yet. */
    @Override
    public void close() {
        if (over.compareAndSet(false, true)) {
            onEnd.accept(this);
            done.cancel(false);
        }
    }

    /** One of the texts, which belongs to the thread that took it. */
    final class Text {
        private final int index;

        private Text(int index) {
            this.index = index;
        }

        @SuppressWarnings("IllegalCatch") // whatever the model throws belongs to the one who waits
        void compute(Function<int[], float[]> model) {
            try {
                vectors[index] = model.apply(texts.get(index));
                if (left.decrementAndGet() == 0 && over.compareAndSet(false, true)) {
                    onEnd.accept(TextBatch.this);
                    done.complete(Arrays.asList(vectors));
                }
            } catch (RuntimeException | Error e) {
                if (over.compareAndSet(false, true)) {
                    onEnd.accept(TextBatch.this);
                    done.completeExceptionally(e);
                }
            }
        }
    }
}
