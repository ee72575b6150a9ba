package dev.tandem.gateway.config.source;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong; for one thread. */
public final class Problems {
    private final Set<Problem> all = new LinkedHashSet<>();

    /** None yet. */
    public Problems() {}

    /** Adds one; the same is told once. */
    public void add(Problem problem) {
        all.add(problem);
    }

    /** How many there are. */
    public int size() {
        return all.size();
    }

    /** All of them, in the order in which they were found. */
    public List<Problem> all() {
        return List.copyOf(all);
    }
}
