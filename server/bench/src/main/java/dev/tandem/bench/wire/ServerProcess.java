package dev.tandem.bench.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A server under test in a Java virtual machine of its own, a child of this one. */
final class ServerProcess implements AutoCloseable {
    private static final int EXIT_SECONDS = 10;
    private static final Pattern NUMBERS = Pattern.compile("[0-9 ]+");

    private final Contender contender;
    private final Process process;
    private final BufferedReader answers;
    private final Writer questions;
    private final int port;

    private ServerProcess(Contender contender, Process process) throws IOException {
        this.contender = contender;
        this.process = process;
        answers = process.inputReader(StandardCharsets.UTF_8);
        questions = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        port = Integer.parseInt(line());
    }

    /**
     * Starts a server and waits until it listens. Its log goes nowhere, but it is written.
     *
     * @param options of its virtual machine
     */
    static ServerProcess start(Contender contender, List<String> options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(ServerMain.class.getName(), contender.name()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectError(
                Boolean.getBoolean("bench.log")
                        ? ProcessBuilder.Redirect.INHERIT
                        : ProcessBuilder.Redirect.DISCARD);
        return new ServerProcess(contender, builder.start());
    }

    Contender contender() {
        return contender;
    }

    int port() {
        return port;
    }

    /** What it has used so far. */
    Usage usage() {
        return ask("usage");
    }

    /** The same, after its garbage was collected. */
    Usage collected() {
        return ask("collect");
    }

    /** What it holds of the machine's memory, in bytes. */
    long resident() throws IOException {
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        throw new IOException(status + " has no VmRSS");
    }

    private Usage ask(String question) {
        try {
            questions.write(question + "\n");
            questions.flush();
            return Usage.parse(line());
        } catch (IOException e) {
            throw new UncheckedIOException(contender.title() + " does not answer", e);
        }
    }

    /** The next line that is numbers: a profiler says things too. */
    private String line() throws IOException {
        String line;
        while ((line = answers.readLine()) != null) {
            if (NUMBERS.matcher(line).matches()) {
                return line;
            }
        }
        throw new IOException(
                contender.title() + " has ended; -Dbench.log=true shows what it says");
    }

    @Override
    public void close() throws IOException {
        questions.close();
        try {
            if (!process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
