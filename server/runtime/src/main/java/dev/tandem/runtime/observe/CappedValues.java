package dev.tandem.runtime.observe;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Bounds how many values a label has: the first so many that come are told apart, all later ones
 * are {@link Label#OTHER}. Safe for use by any thread.
 */
public final class CappedValues {
    private final int most;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /**
     * @param most how many are told apart, give or take as many as there are threads
     */
    public CappedValues(int most) {
        this.most = most;
    }

    /** The value, or {@link Label#OTHER}. */
    public String of(String value) {
        if (known.contains(value)) {
            return value;
        }
        if (known.size() >= most) {
            return Label.OTHER;
        }
        known.add(value);
        return value;
    }
}
