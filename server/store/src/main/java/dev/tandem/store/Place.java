package dev.tandem.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Where one fetched thing goes, held by one process at a time. What is under the final name is
 * whole and checked: it arrives there by one atomic move.
 */
final class Place implements AutoCloseable {
    private static final long LOOK_AGAIN_NANOS = 100_000_000;

    private final Path target;
    private final FileChannel channel;

    private Place(Path target, FileChannel channel) {
        this.target = target;
        this.channel = channel;
    }

    /** Waits until no one else fetches to the same target. */
    static Place hold(Path target, Progress progress) throws IOException, InterruptedException {
        Files.createDirectories(parent(target));
        FileChannel channel =
                FileChannel.open(
                        target.resolveSibling(target.getFileName() + ".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        try {
            await(channel, target, progress);
        } catch (IOException | InterruptedException e) {
            channel.close();
            throw e;
        }
        Place place = new Place(target, channel);
        place.sweep();
        return place;
    }

    private static void await(FileChannel channel, Path target, Progress progress)
            throws IOException, InterruptedException {
        boolean told = false;
        while (lock(channel) == null) {
            if (!told) {
                progress.note(
                        "Another tandem fetches " + target.getFileName() + "; waiting for it.");
                told = true;
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by another thread of this process
        }
    }

    /** An empty folder beside the target, on the same file system. */
    Path room() throws IOException {
        return Files.createTempDirectory(parent(target), roomPrefix());
    }

    /** Moves a finished file or folder out of the room to its final name. */
    void put(Path finished) throws IOException {
        if (Files.isDirectory(target)) {
            delete(target); // a folder cannot be replaced by a move
        }
        Files.move(finished, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes what interrupted fetches left: nobody else can be using it. */
    private void sweep() throws IOException {
        try (DirectoryStream<Path> left =
                Files.newDirectoryStream(parent(target), roomPrefix() + "*")) {
            for (Path room : left) {
                delete(room);
            }
        }
    }

    private String roomPrefix() {
        return "." + target.getFileName() + ".fetch-";
    }

    private static Path parent(Path target) {
        Path parent = target.getParent();
        if (parent == null) {
            throw new IllegalArgumentException(target + " is no place for a file");
        }
        return parent;
    }

    /** Deletes a file or a folder with all that is in it; links are not followed. */
    static void delete(Path what) throws IOException {
        if (Files.notExists(what)) {
            return;
        }
        Files.walkFileTree(
                what,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path folder, @Nullable IOException failure) throws IOException {
                        if (failure != null) {
                            throw failure;
                        }
                        Files.delete(folder);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    /** Lets others in. The lock file stays: removing it would let two in. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
