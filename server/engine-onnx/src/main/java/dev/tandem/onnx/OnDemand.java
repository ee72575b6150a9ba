package dev.tandem.onnx;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that is loaded when it is first needed: most servers never embed a text, and the model
 * is 90 MB of memory. Safe for use by any thread; who comes while it is being loaded waits.
 */
final class OnDemand<T> {
    private final Supplier<T> loader;
    private @Nullable RuntimeException failure;
    private volatile @Nullable T loaded;

    OnDemand(Supplier<T> loader) {
        this.loader = loader;
    }

    /** Loads it; what once failed fails again, for the same reason and without another try. */
    @SuppressWarnings("IllegalCatch") // whatever it is, it is told again
    T get() {
        T there = loaded;
        if (there != null) {
            return there;
        }
        synchronized (this) {
            if (failure != null) {
                throw failure;
            }
            there = loaded;
            if (there == null) {
                try {
                    there = loader.get();
                } catch (RuntimeException e) {
                    failure = e;
                    throw e;
                }
                loaded = there;
            }
            return there;
        }
    }

    /** It, or null while it is not loaded. */
    @Nullable T peek() {
        return loaded;
    }
}
