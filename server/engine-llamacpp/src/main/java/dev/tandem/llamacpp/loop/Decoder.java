package dev.tandem.llamacpp.loop;

import dev.tandem.llamacpp.natives.DecodeResult;
import dev.tandem.llamacpp.natives.NativeContext;
import dev.tandem.llamacpp.natives.NativeVocabulary;
import java.util.function.BooleanSupplier;

/**
 * What the scheduler asks of the native side: one batch after the other, and upkeep of the cache.
 * For the computing thread.
 */
interface Decoder {
    /**
     * Adds a token to the batch, at the end of its sequence.
     *
     * @param output whether the logits after it are wanted
     * @return its row
     */
    int add(int token, int position, int sequence, boolean output);

    /** Computes the batch and empties it. */
    DecodeResult decode();

    /** Copies the logits of a row of the last batch. */
    void readLogits(int row, float[] target);

    /**
     * Removes a sequence's tokens from a position on; false where the model cannot, and then
     * nothing was removed.
     */
    boolean truncate(int sequence, int from);

    /** Removes a sequence. See {@link NativeContext#clear}. */
    void clear(int sequence);

    /** Removes all sequences. */
    void clearAll();

    /** Makes one sequence a copy of another. */
    void copy(int source, int target);

    /** Has a running {@link #decode} ask whether to give up. */
    void abortWhen(BooleanSupplier question);

    /**
     * The start of a grammar. See {@link
     * dev.tandem.llamacpp.natives.NativeGrammar#start(NativeVocabulary, String)}.
     */
    TokenFilter startGrammar(String gbnf);

    /** What llama.cpp logged as the reason of the last error, with {@code what} in front. */
    String reason(String what);
}
