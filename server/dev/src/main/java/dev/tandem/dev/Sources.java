package dev.tandem.dev;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Looks at the sources again and again. No file system's own notices: they do not come everywhere
 * (containers, shared folders), and late where they are made by looking too.
 */
final class Sources {
    private static final long BETWEEN_LOOKS_NANOS = 80_000_000;

    private final List<Path> roots;
    private Snapshot seen;

    Sources(List<Path> roots) throws IOException {
        this.roots = List.copyOf(roots);
        this.seen = Snapshot.of(roots);
    }

    /**
     * Waits for changes, and until no more come for a moment: editors write several files.
     *
     * @param on asked at each look; false ends the wait
     * @return the files; none where the wait was ended
     */
    Set<Path> awaitChange(BooleanSupplier on) throws IOException {
        Set<Path> changed = new HashSet<>();
        while (on.getAsBoolean()) {
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
            Snapshot now = Snapshot.of(roots);
            Set<Path> news = now.since(seen);
            seen = now;
            if (news.isEmpty() && !changed.isEmpty()) {
                return changed;
            }
            changed.addAll(news);
        }
        return Set.of();
    }
}
