package dev.tandem.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What keeps a server from starting, gathered from all parts, so that it is told at once. */
final class StartProblems {
    private final List<IllegalArgumentException> found = new ArrayList<>();

    /** The part, or null where something is wrong with it. */
    <T> @Nullable T tried(Supplier<T> part) {
        try {
            return part.get();
        } catch (IllegalArgumentException e) {
            found.add(e);
            return null;
        }
    }

    /** Are there some? */
    boolean any() {
        return !found.isEmpty();
    }

    /** All of them as one; to be asked when there are some. */
    IllegalArgumentException together() {
        if (found.size() == 1) {
            return found.getFirst();
        }
        IllegalArgumentException all =
                new IllegalArgumentException(
                        found.stream()
                                .map(Throwable::getMessage)
                                .collect(Collectors.joining("\n")));
        found.forEach(all::addSuppressed);
        return all;
    }
}
