package dev.tandem.llamacpp.natives;

/**
 * The size of a context.
 *
 * @param tokensPerSequence what each sequence holds; llama.cpp rounds up to {@link #CONTEXT_STEP}
 * @param sequences how many there are, each with a KV cache of its own
 * @param batch the most tokens in one decode
 * @param outputs the most tokens in one decode whose logits are wanted
 * @param threads computing threads, the calling one included
 */
public record ContextShape(
        int tokensPerSequence, int sequences, int batch, int outputs, int threads) {
    /** The context of a sequence is a multiple of this. */
    public static final int CONTEXT_STEP = 256;

    /** More sequences are not known to llama.cpp. */
    public static final int MAX_SEQUENCES = 256;
}
