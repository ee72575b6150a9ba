package dev.tandem.llamacpp.loop;

import dev.tandem.llamacpp.gguf.BadModelFile;
import dev.tandem.llamacpp.natives.ContextShape;
import dev.tandem.llamacpp.natives.LlamaLibrary;
import dev.tandem.llamacpp.natives.NativeContext;
import dev.tandem.llamacpp.natives.NativeFailure;
import dev.tandem.llamacpp.natives.NativeModel;
import dev.tandem.llamacpp.natives.TokenBatch;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * The one thread that loads, computes with and frees a model. However it ends, it first ends every
 * generation and the tokenizer, and only then frees what they used.
 */
final class LoopThread {
    private static final Logger LOGGER = System.getLogger(LoopThread.class.getName());

    private final LlamaLibrary library;
    private final Path file;
    private final ModelOptions options;
    private final MemoryPlan plan;
    private final WaitingLine line;
    private final CompletableFuture<Loaded> loaded = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean closing;

    /** What the callers of a model use of it. */
    record Loaded(Vocabulary vocabulary, TokenizerThread tokenizer, int context) {}

    LoopThread(
            LlamaLibrary library,
            Path file,
            ModelOptions options,
            MemoryPlan plan,
            WaitingLine line) {
        this.library = library;
        this.file = file;
        this.options = options;
        this.plan = plan;
        this.line = line;
        this.thread = Thread.ofPlatform().name("llama-loop").daemon().unstarted(this::run);
    }

    /** Starts the thread; the future tells the end of loading. */
    CompletableFuture<Loaded> start() {
        thread.start();
        return loaded;
    }

    boolean running() {
        return thread.isAlive() && !closing;
    }

    /** Has the loop look whether there is something to do. Any thread. */
    void wake() {
        LockSupport.unpark(thread);
    }

    /**
     * Ends everything and waits until all is freed; the interrupt of the waiting thread is kept for
     * later.
     */
    void close() {
        closing = true;
        wake();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("IllegalCatch") // the one who loads the model is told, whatever it was
    private void run() {
        try (NativeModel model = loadModel();
                var tokenizer = new TokenizerThread(model.vocabulary());
                NativeContext context = model.open(shape());
                TokenBatch batch = context.newBatch()) {
            Vocabulary vocabulary = Vocabulary.copyOf(model.vocabulary());
            var decoder = new NativeDecoder(context, batch, model.vocabulary());
            int tokens = context.tokensPerSequence();
            var scheduler =
                    new Scheduler(
                            decoder, line, vocabulary, options.slots(), tokens, () -> closing);
            loaded.complete(new Loaded(vocabulary, tokenizer, tokens));
            serve(scheduler);
        } catch (Throwable e) {
            if (!loaded.completeExceptionally(e)) {
                LOGGER.log(Level.ERROR, "the model was not freed as it should be", e);
            }
        }
    }

    private NativeModel loadModel() {
        NativeModel model;
        try {
            model = NativeModel.load(library, file, options.gpuLayers(), options.mainGpu());
        } catch (NativeFailure e) {
            throw new BadModelFile(file, String.valueOf(e.getMessage()));
        }
        if (model.hasEncoder()) {
            model.close();
            throw new BadModelFile(file, "models with an encoder are not run");
        }
        return model;
    }

    private ContextShape shape() {
        return new ContextShape(
                plan.contextPerSlot(),
                options.slots(),
                Scheduler.MAX_PREFILL + options.slots(),
                Scheduler.MAX_SCORED_PREFILL + options.slots(),
                options.threads());
    }

    @SuppressWarnings("IllegalCatch") // nobody may be left waiting, whatever went wrong
    private void serve(Scheduler scheduler) {
        var reason = new EngineFailure("the model was closed");
        try {
            while (!closing) {
                if (!scheduler.step()) {
                    LockSupport.park(this);
                }
            }
        } catch (Throwable e) {
            LOGGER.log(Level.ERROR, "the engine cannot go on", e);
            reason = new EngineFailure("the engine cannot go on: " + e.getMessage(), e);
        } finally {
            scheduler.endAll(reason);
        }
    }
}
