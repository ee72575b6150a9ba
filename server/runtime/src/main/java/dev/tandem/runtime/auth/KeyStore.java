package dev.tandem.runtime.auth;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A file of API keys that is changed: whole or not at all, by one program at a time. A new file is
 * its owner's alone (0600); an old one keeps its permissions.
 */
public final class KeyStore {
    private static final Set<PosixFilePermission> OWNERS =
            PosixFilePermissions.fromString("rw-------");

    private final Path file;

    /** The file may not be there yet. */
    public KeyStore(Path file) {
        this.file = file.toAbsolutePath();
    }

    /**
     * What stands in it; nothing where it is not there.
     *
     * @throws IllegalArgumentException where it is no file of keys
     */
    public List<KeyEntry> read() throws IOException {
        return Files.exists(file) ? KeyFile.parse(Files.readAllBytes(file)) : List.of();
    }

    /**
     * Changes the entries. Running servers see it within seconds.
     *
     * @param change may throw to leave all as it is
     */
    public void update(UnaryOperator<List<KeyEntry>> change) throws IOException {
        Path folder = folder();
        Files.createDirectories(folder);
        Path lock = folder.resolve("." + file.getFileName() + ".lock");
        try (FileChannel channel =
                        FileChannel.open(
                                lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = channel.lock()) {
            replace(folder, KeyFile.text(change.apply(read())).getBytes(StandardCharsets.UTF_8));
        }
    }

    private void replace(Path folder, byte[] content) throws IOException {
        Path draft = Files.createTempFile(folder, "." + file.getFileName(), ".new");
        try {
            PosixFileAttributeView rights =
                    Files.getFileAttributeView(draft, PosixFileAttributeView.class);
            if (rights != null) {
                rights.setPermissions(before(OWNERS));
            }
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private Set<PosixFilePermission> before(Set<PosixFilePermission> fresh) throws IOException {
        return Files.exists(file) ? Files.getPosixFilePermissions(file) : fresh;
    }

    private Path folder() {
        @Nullable Path folder = file.getParent();
        return folder == null ? file : folder;
    }
}
