package dev.tandem.bench;

import dev.tandem.llamacpp.natives.ContextShape;
import dev.tandem.llamacpp.natives.DecodeResult;
import dev.tandem.llamacpp.natives.LlamaLibrary;
import dev.tandem.llamacpp.natives.NativeContext;
import dev.tandem.llamacpp.natives.NativeModel;
import dev.tandem.llamacpp.natives.TokenBatch;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The baseline: a loop that only decodes and takes the largest logit. No requests, no text, no
 * readers. For the thread that opened it.
 */
final class BareLoop implements AutoCloseable {
    private final NativeModel model;
    private final NativeContext context;
    private final TokenBatch batch;
    private final float[] logits;

    BareLoop(LlamaLibrary library, Path file, ContextShape shape) {
        model = NativeModel.load(library, file, 0);
        context = model.open(shape);
        batch = context.newBatch();
        logits = new float[model.vocabulary().size()];
    }

    /** Computes that many tokens of each of so many sequences, all in one batch. */
    void run(int sequences, int tokens) {
        int[] next = new int[sequences];
        Arrays.fill(next, EngineBench.PROMPT_TOKEN);
        for (int position = 0; position < tokens; position++) {
            batch.clear();
            for (int i = 0; i < sequences; i++) {
                batch.add(next[i], position, i, true);
            }
            if (context.decode(batch) != DecodeResult.DONE) {
                throw context.failure("llama.cpp could not compute");
            }
            for (int i = 0; i < sequences; i++) {
                context.readLogits(i, logits);
                next[i] = largest();
            }
        }
        for (int i = 0; i < sequences; i++) {
            context.clear(i);
        }
    }

    private int largest() {
        int best = 0;
        for (int token = 1; token < logits.length; token++) {
            if (logits[token] > logits[best]) {
                best = token;
            }
        }
        return best;
    }

    @Override
    public void close() {
        batch.close();
        context.close();
        model.close();
    }
}
