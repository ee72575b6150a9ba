package dev.tandem.llamacpp.natives;

/** How {@code llama_decode} ended. */
public enum DecodeResult {
    /** All rows were computed. */
    DONE,
    /** The cache has no room for the batch; nothing was changed. */
    NO_ROOM,
    /** The abort question was answered with yes; some rows may have been added. */
    ABORTED,
    /** The rows contradict each other or the cache; nothing was changed. */
    BAD_BATCH,
    /** Out of memory or a failed computation; the cache may be half written. */
    FATAL;

    static DecodeResult of(int code) {
        return switch (code) {
            case 0 -> DONE;
            case 1 -> NO_ROOM;
            case 2 -> ABORTED;
            case -1 -> BAD_BATCH;
            default -> FATAL;
        };
    }
}
