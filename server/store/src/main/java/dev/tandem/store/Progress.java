package dev.tandem.store;

/** Tells somebody who waits how far a fetch is. Called from one thread at a time. */
public interface Progress {

    /**
     * Something begins.
     *
     * @param what for people: {@code the default model, SmolLM2-135M-Instruct}
     * @param bytes how much it will be; not positive where it is not known
     */
    void begin(String what, long bytes);

    /** So many bytes are there now; may shrink when a fetch begins anew. */
    void at(long bytes);

    /** What began has ended, well or not. */
    void end();

    /** A sentence between fetches. */
    void note(String sentence);

    /** Tells nobody. */
    static Progress silent() {
        return new Progress() {
            @Override
            public void begin(String what, long bytes) {}

            @Override
            public void at(long bytes) {}

            @Override
            public void end() {}

            @Override
            public void note(String sentence) {}
        };
    }
}
