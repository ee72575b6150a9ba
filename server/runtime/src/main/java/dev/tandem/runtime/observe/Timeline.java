package dev.tandem.runtime.observe;

import dev.tandem.runtime.call.Call;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When things happened to one call, by {@link System#nanoTime}. Written by the call's thread; what
 * other threads read may be some messages old.
 */
public final class Timeline {
    static final Call.Key<Timeline> KEY = new Call.Key<>("timeline");

    private final long begun = System.nanoTime();
    private volatile @Nullable Served served;
    private volatile long first;
    private int messages;

    Timeline() {}

    /** That of a call; empty where the server is not observed. */
    public static Optional<Timeline> of(Call call) {
        return call.find(KEY);
    }

    /** When the call was opened. */
    public long begun() {
        return begun;
    }

    /** Nanoseconds since the call was opened. */
    public long elapsed() {
        return System.nanoTime() - begun;
    }

    /** Nanoseconds from the call's begin to its first message; -1 where none was sent yet. */
    public long toFirstMessage() {
        long at = first;
        return at == 0 ? -1 : at - begun;
    }

    /** How many messages were sent. */
    public int messages() {
        return messages;
    }

    /** The full name of the method whose handler was reached; null where none was. */
    public @Nullable String method() {
        Served method = served;
        return method == null ? null : method.fullName();
    }

    /** The method whose handler was reached; null where none was. */
    @Nullable Served served() {
        return served;
    }

    void handling(Served method) {
        served = method;
    }

    void sent() {
        if (messages++ == 0) {
            first = System.nanoTime() | 1; // 0 is never
        }
    }
}
