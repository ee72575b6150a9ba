package dev.tandem.llamacpp.loop;

import dev.tandem.llamacpp.natives.NativeVocabulary;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/**
 * Splits texts into tokens on a thread of its own: beside the computing thread, so that a long text
 * stalls no stream ({@code llama.h} says that tokenizing is thread-safe), and not on the caller's,
 * which may be virtual: some tokenizers recurse with the length of the text, and native code would
 * hold its carrier.
 */
final class TokenizerThread implements AutoCloseable {
    private static final long STACK_BYTES =
            64L << 20; // reserved, used only as deep as a text needs

    private final NativeVocabulary vocabulary;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(task ->
                    Thread.ofPlatform()
                            .name("llama-tokenizer")
                            .daemon()
                            .stackSize(STACK_BYTES)
                            .unstarted(task));

    TokenizerThread(NativeVocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    int[] tokenize(String text, boolean parseSpecial, boolean addSpecial)
            throws InterruptedException {
        Future<int[]> tokens;
        try {
            tokens = thread.submit(() -> vocabulary.tokenize(text, addSpecial, parseSpecial));
        } catch (RejectedExecutionException e) {
            throw new EngineFailure("the model is closed", e);
        }
        try {
            return tokens.get();
        } catch (ExecutionException e) {
            throw new EngineFailure("the text could not be split into tokens", e.getCause());
        }
    }

    /**
     * Waits for the text that is being split, and for those in line; the vocabulary can go
     * afterwards.
     */
    @Override
    public void close() {
        thread.close();
    }
}
