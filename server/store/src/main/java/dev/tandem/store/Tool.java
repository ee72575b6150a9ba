package dev.tandem.store;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A package manager of the user's, run in a room of its own: what it says is kept from the terminal
 * and shown only where it fails.
 *
 * @param command the words that start it: {@code python3 -m pip}
 */
record Tool(List<String> command) {
    private static final Duration MOST = Duration.ofMinutes(30);
    private static final Duration MOST_PROBE = Duration.ofSeconds(30);
    private static final Pattern CREDENTIALS = Pattern.compile("(?<=://)[^/\\s@]*@");
    private static final int LAST_LINES = 8;
    private static final int WINDOWS_SUFFIXES = 2;

    /**
     * The first of several commands that can be run here.
     *
     * @param path the folders to look in, as {@code PATH} has them
     */
    static Optional<Tool> find(List<List<String>> commands, String path)
            throws IOException, InterruptedException {
        for (List<String> command : commands) {
            Optional<Tool> tool = onPath(command, path);
            if (tool.isPresent() && tool.get().answers()) {
                return tool;
            }
        }
        return Optional.empty();
    }

    private static Optional<Tool> onPath(List<String> command, String path) {
        for (String folder : path.split(File.pathSeparator, -1)) {
            for (String suffix : List.of("", ".exe", ".cmd").subList(0, 1 + suffixes())) {
                Path file = Path.of(folder, command.getFirst() + suffix);
                if (!folder.isBlank() && Files.isExecutable(file) && !Files.isDirectory(file)) {
                    List<String> words = new ArrayList<>(command);
                    words.set(0, file.toString());
                    return Optional.of(new Tool(List.copyOf(words)));
                }
            }
        }
        return Optional.empty();
    }

    private static int suffixes() {
        return File.separatorChar == '\\' ? WINDOWS_SUFFIXES : 0;
    }

    /** A python3 without pip is on many machines. */
    private boolean answers() throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(command);
        words.add("--version");
        Process process =
                new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectInput(nothing())
                        .start();
        return ended(process, MOST_PROBE, null) && process.exitValue() == 0;
    }

    /**
     * Runs it to its end.
     *
     * @param room where it may write; its temporary files go there too
     * @param grown told again and again how many bytes are in the room
     * @throws StoreException with its last lines where it fails
     */
    void run(List<String> arguments, Path room, LongConsumer grown)
            throws IOException, InterruptedException, StoreException {
        List<String> words = new ArrayList<>(command);
        words.addAll(arguments);
        Path log = room.resolve("log");
        ProcessBuilder builder =
                new ProcessBuilder(words)
                        .directory(room.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .redirectInput(nothing());
        builder.environment()
                .putAll(
                        Map.of(
                                "TMPDIR",
                                room.toString(),
                                "TEMP",
                                room.toString(),
                                "NO_COLOR",
                                "1"));
        Process process = builder.start();
        if (!ended(process, MOST, () -> grown.accept(size(room)))) {
            throw new StoreException(
                    name() + " did not end within " + MOST.toMinutes() + " minutes.");
        }
        if (process.exitValue() != 0) {
            throw new StoreException(name() + " failed:\n" + lastLines(log));
        }
    }

    private static ProcessBuilder.Redirect nothing() {
        return ProcessBuilder.Redirect.from(
                new File(File.separatorChar == '\\' ? "NUL" : "/dev/null"));
    }

    private static boolean ended(Process process, Duration most, @Nullable Runnable meanwhile)
            throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        try {
            while (!process.waitFor(200, TimeUnit.MILLISECONDS)) {
                if (System.nanoTime() > end) {
                    return false;
                }
                if (meanwhile != null) {
                    meanwhile.run();
                }
            }
            return true;
        } finally {
            process.destroy();
        }
    }

    private String name() {
        return String.valueOf(Path.of(command.getFirst()).getFileName());
    }

    private static String lastLines(Path log) throws IOException {
        String text = new String(Files.readAllBytes(log), Charset.defaultCharset());
        List<String> lines =
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        List<String> last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
        return "  " + withoutCredentials(String.join("\n  ", last));
    }

    /** {@code https://user:secret@host/} becomes {@code https://host/}. */
    static String withoutCredentials(String text) {
        return CREDENTIALS.matcher(text).replaceAll("");
    }

    private static long size(Path room) {
        long[] sum = new long[1];
        try {
            Files.walkFileTree(
                    room,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(
                                Path file, BasicFileAttributes attributes) {
                            sum[0] += attributes.size();
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException failure) {
                            return FileVisitResult.CONTINUE; // gone since it was listed
                        }
                    });
        } catch (IOException e) {
            return sum[0]; // only for the progress bar
        }
        return sum[0];
    }
}
