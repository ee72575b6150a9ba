package dev.tandem.dev;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Which files there are and how they were last written. Immutable. */
record Snapshot(Map<Path, Stamp> files) {
    /**
     * What tells one state of a file from another.
     *
     * @param written in nanoseconds where the file system has them
     */
    record Stamp(long written, long size) {}

    Snapshot {
        files = Map.copyOf(files);
    }

    /** All files in these folders; one that does not exist has none. */
    static Snapshot of(Collection<Path> roots) throws IOException {
        Map<Path, Stamp> files = new HashMap<>();
        for (Path root : roots) {
            if (Files.exists(root)) {
                Files.walkFileTree(root, new Visitor(files));
            }
        }
        return new Snapshot(files);
    }

    /** The files that are there, or are not, or are other ones than before; in order. */
    Set<Path> since(Snapshot before) {
        Set<Path> changed = new TreeSet<>();
        files.forEach((file, stamp) -> {
            if (!stamp.equals(before.files.get(file))) {
                changed.add(file);
            }
        });
        before.files.keySet().stream()
                .filter(file -> !files.containsKey(file))
                .forEach(changed::add);
        return changed;
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final Map<Path, Stamp> files;

        Visitor(Map<Path, Stamp> files) {
            this.files = files;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = Objects.toString(file.getFileName());
            if (!name.startsWith(".") && !name.endsWith("~")) { // what editors leave for a moment
                long written = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
                files.put(file, new Stamp(written, attributes.size()));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE; // it went while it was looked at
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException gone) {
            return FileVisitResult.CONTINUE; // the same
        }
    }
}
