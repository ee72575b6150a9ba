package dev.tandem.store;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * The beginning of a download, and beside it where it came from: address and strong entity tag (RFC
 * 9110, section 8.8.3), by which the server knows the rest.
 */
final class Part implements AutoCloseable {
    private final Path file;
    private final Path origin;
    private final URI address;
    private final FileChannel channel;

    Part(Path file, URI address) throws IOException {
        this.file = file;
        this.origin = origin(file);
        this.address = address;
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    static Path origin(Path file) {
        return file.resolveSibling(file.getFileName() + ".from");
    }

    long size() throws IOException {
        return channel.size();
    }

    /** The tag under which the server can be asked for the rest. */
    Optional<String> tag() throws IOException {
        if (size() == 0 || !Files.isRegularFile(origin)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(origin);
        boolean ours = lines.size() == 2 && lines.getFirst().equals(address.toString());
        return ours ? Optional.of(lines.getLast()) : Optional.empty();
    }

    /** Throws away what there is and begins anew. */
    void restart(Optional<String> tag) throws IOException {
        channel.truncate(0);
        Files.deleteIfExists(origin);
        if (tag.filter(text -> text.startsWith("\"")).isPresent()) {
            Files.write(origin, List.of(address.toString(), tag.get()));
        }
    }

    void append(byte[] bytes, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
        long at = channel.size();
        while (buffer.hasRemaining()) {
            at += channel.write(buffer, at);
        }
    }

    /** How many bytes may still be written where the file is. */
    long room() throws IOException {
        return Files.getFileStore(file).getUsableSpace();
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            channel.force(true);
        }
    }
}
