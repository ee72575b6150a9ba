package dev.tandem.llamacpp.loop;

/** What may come next, whatever the model prefers: the state of a grammar along one choice. */
interface TokenFilter extends AutoCloseable {
    /** Whether the token may come next. */
    boolean allows(int token);

    /**
     * Sets the logits of all that may not come next to minus infinity, or at least those of the
     * tokens that were asked for since the last one was accepted. Slow.
     */
    void filter(float[] logits);

    /** Goes on with a token that may come. */
    void accept(int token);

    @Override
    void close();
}
