package dev.tandem.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tandem.testtools.Command;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The program that makes the calls of one language. For one thread. */
final class Runner implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;
    private static final int LAST_WORDS = 2000;

    private final String name;
    private final Process process;
    private final Path errors;
    private final Writer in;
    private final BufferedReader out;
    private int calls;

    /**
     * @param name for messages and the file of its stderr, below {@code target}
     */
    Runner(String name, Command command) throws IOException {
        this.name = name;
        errors = Files.createDirectories(Path.of("target", "runners")).resolve(name + ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command.words())
                        .directory(command.folder().toFile())
                        .redirectError(errors.toFile());
        builder.environment().keySet().removeIf(variable -> variable.startsWith("TANDEM_"));
        builder.environment().putAll(command.environment());
        process = builder.start();
        in = process.outputWriter(UTF_8);
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    /** The number of the next call. */
    String nextId() {
        return Integer.toString(++calls);
    }

    /** What came of a call. */
    JsonObject run(String line) {
        try {
            in.write(line);
            in.write('\n');
            in.flush();
            String answer =
                    CompletableFuture.supplyAsync(this::read)
                            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            try (JsonReader reader = Json.createReader(new StringReader(answer))) {
                return reader.readObject();
            }
        } catch (IOException | ExecutionException | TimeoutException e) {
            throw new AssertionError(this + " gave no answer to " + shortened(line), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private String read() {
        try {
            String line = out.readLine();
            if (line == null) {
                throw new AssertionError(this + " has ended");
            }
            return line;
        } catch (IOException e) {
            throw new AssertionError(this + " has ended", e);
        }
    }

    private static String shortened(String line) {
        return line.length() < 1000 ? line : line.substring(0, 1000) + "…";
    }

    /** Ends it. */
    @Override
    public void close() {
        process.destroy();
    }

    @Override
    public String toString() {
        try {
            String words = Files.readString(errors);
            return "The runner %s, whose last words are:\n%s"
                    .formatted(name, words.substring(Math.max(0, words.length() - LAST_WORDS)));
        } catch (IOException e) {
            return "The runner " + name;
        }
    }
}
