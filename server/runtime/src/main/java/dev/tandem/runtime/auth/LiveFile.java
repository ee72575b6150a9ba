package dev.tandem.runtime.auth;

import dev.tandem.runtime.watch.Looks;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a file, as it is in force now. The file is read whole every few seconds, so that
 * it does not matter how it is replaced: written over, moved into place, or a symbolic link turned
 * (Kubernetes). Where the new content is wrong the old one stays in force.
 */
final class LiveFile<T> implements AutoCloseable {
    private static final Logger LOG = System.getLogger(LiveFile.class.getName());
    private static final Duration LOOK = Duration.ofSeconds(3);

    /** In bytes. */
    private static final int LARGEST = 16 << 20;

    private final Path file;
    private final String what;
    private final Function<byte[], T> parser;
    private volatile T now;
    private @Nullable Looks looks;

    // of the looking thread, or of nobody before it starts
    private byte[] taken;
    private String suspected = "";
    private String told = "";

    private LiveFile(Path file, String what, Function<byte[], T> parser) {
        this.file = file;
        this.what = what;
        this.parser = parser;
        taken = read(file);
        now = parser.apply(taken);
    }

    /**
     * Reads the file and goes on to look whether it changes.
     *
     * @param what stands in it, for messages
     * @param parser throws IllegalArgumentException, whose message may be logged, where the content
     *     is wrong
     * @throws IllegalArgumentException where it cannot be read, with its name
     */
    static <T> LiveFile<T> open(Path file, String what, Function<byte[], T> parser) {
        return open(file, what, parser, LOOK);
    }

    static <T> LiveFile<T> open(Path file, String what, Function<byte[], T> parser, Duration look) {
        LiveFile<T> live;
        try {
            live = new LiveFile<>(file, what, parser);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
        live.looks = Looks.every(look, what, live::look);
        return live;
    }

    /** What is in force. */
    T now() {
        return now;
    }

    private void look() {
        try {
            byte[] content = read(file);
            if (!Arrays.equals(content, taken)) {
                now = parser.apply(content);
                taken = content;
                LOG.log(Level.INFO, what + ": the new content of " + file + " is in force");
            }
            suspected = "";
            told = "";
        } catch (IllegalArgumentException e) {
            suspect(String.valueOf(e.getMessage()));
        }
    }

    /** Told once, and not before the next look finds it too: it may lie between two writes. */
    private void suspect(String problem) {
        if (problem.equals(suspected) && !problem.equals(told)) {
            told = problem;
            LOG.log(
                    Level.WARNING,
                    what
                            + ": the changed file "
                            + file
                            + " is not taken, the old content stays in force: "
                            + problem);
        }
        suspected = problem;
    }

    private static byte[] read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(LARGEST + 1);
            if (content.length > LARGEST) {
                throw new IllegalArgumentException("the file is larger than 16 MiB.");
            }
            return content;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    Files.exists(file)
                            ? "the file cannot be read by the user that runs the server."
                            : "there is no such file.",
                    e);
        }
    }

    /** Stops to look; what is in force stays so. */
    @Override
    public void close() {
        if (looks != null) {
            looks.close();
        }
    }
}
