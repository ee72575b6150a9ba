package dev.tandem.llamacpp.loop;

import org.jspecify.annotations.Nullable;

/**
 * One sequence of the context: what its cache holds, for whom, and the choice that runs in it. For
 * the computing thread.
 */
final class Slot {
    private final int sequence;
    private final TokenList cached = new TokenList();
    private @Nullable String salt;
    private boolean taken;
    private long freedAt;
    private int computed;

    Slot(int sequence) {
        this.sequence = sequence;
    }

    int sequence() {
        return sequence;
    }

    /** The tokens in the cache; the next one's position is its size. */
    TokenList cached() {
        return cached;
    }

    boolean isTaken() {
        return taken;
    }

    /** When it was last used, in requests; 0 never. */
    long freedAt() {
        return freedAt;
    }

    /** A batch begins: what is cached now was computed. */
    void beginBatch() {
        computed = cached.size();
    }

    /** How much was cached before the batch. */
    int computed() {
        return computed;
    }

    void take(@Nullable String by) {
        taken = true;
        salt = by;
    }

    void free(long now) {
        taken = false;
        freedAt = now;
    }

    /** Whether a request with this salt may use what is cached. */
    boolean isFor(@Nullable String other) {
        return other != null && other.equals(salt);
    }

    /** Whether the cache may outlive the request: only where it said who may share it. */
    boolean mayKeepCache() {
        return salt != null;
    }

    void forgetCache() {
        cached.truncate(0);
        salt = taken ? salt : null;
    }
}
