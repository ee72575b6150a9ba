package dev.tandem.runtime.admission;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * Who waits, by caller: callers take turns, and each one's own are served in the order in which
 * they came. Not safe for use by several threads at once.
 *
 * @param <T> what waits; compared by {@code equals}
 */
public final class FairLine<T> {
    /** Whose turn is next stands first. No caller is in it without anything that waits. */
    private final SequencedMap<String, SequencedSet<T>> callers = new LinkedHashMap<>();

    private int size;

    /** An empty line. */
    public FairLine() {}

    /** Puts one behind those of the same caller. */
    public void add(String caller, T one) {
        if (callers.computeIfAbsent(caller, name -> new LinkedHashSet<>()).add(one)) {
            size++;
        }
    }

    /** Whose turn it is; null where nobody waits. It stays in the line. */
    public @Nullable T peek() {
        return callers.isEmpty() ? null : callers.firstEntry().getValue().getFirst();
    }

    /** Takes whose turn it is out of the line; its caller's others wait for the others' turns. */
    public @Nullable T take() {
        Map.Entry<String, SequencedSet<T>> next = callers.pollFirstEntry();
        if (next == null) {
            return null;
        }
        T one = next.getValue().removeFirst();
        size--;
        if (!next.getValue().isEmpty()) {
            callers.put(next.getKey(), next.getValue());
        }
        return one;
    }

    /** Takes one out that is not served; false where it is not in the line. */
    public boolean remove(String caller, T one) {
        SequencedSet<T> own = callers.get(caller);
        if (own == null || !own.remove(one)) {
            return false;
        }
        size--;
        if (own.isEmpty()) {
            callers.remove(caller);
        }
        return true;
    }

    /** How many wait. */
    public int size() {
        return size;
    }

    /** How many of this caller wait. */
    public int of(String caller) {
        SequencedSet<T> own = callers.get(caller);
        return own == null ? 0 : own.size();
    }

    /** How many are served before one that this caller would add now. Looks at every caller. */
    public int before(String caller) {
        int own = of(caller);
        int before = own;
        for (Map.Entry<String, SequencedSet<T>> other : callers.entrySet()) {
            if (!other.getKey().equals(caller)) {
                before += Math.min(other.getValue().size(), own + 1);
            }
        }
        return before;
    }

    /**
     * The last one of the caller who has the most in the line, where those are more than this;
     * otherwise null. It stays in the line. Looks at every caller.
     */
    public @Nullable T lastOfMost(int moreThan) {
        int most = moreThan;
        T last = null;
        for (SequencedSet<T> own : callers.values()) {
            if (own.size() > most) {
                most = own.size();
                last = own.getLast();
            }
        }
        return last;
    }
}
