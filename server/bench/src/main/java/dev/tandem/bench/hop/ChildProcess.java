package dev.tandem.bench.hop;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program under load; what it takes is read from /proc, so any program will do. */
final class ChildProcess implements AutoCloseable {
    private static final int EXIT_SECONDS = 10;

    /** Of a tick in which Linux counts the time of processes: 100 a second everywhere. */
    private static final long TICK_NANOS = 10_000_000;

    /** Where user and system time stand behind the program's name: proc(5). */
    private static final int USER_TIME = 11;

    private static final long KIBIBYTE = 1024;

    private final Process process;

    private ChildProcess(Process process) {
        this.process = process;
    }

    /** Starts a program. What it says to standard error goes nowhere, unless it is to be seen. */
    static ChildProcess start(List<String> command, Map<String, String> environment)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.redirectError(
                Boolean.getBoolean("bench.log")
                        ? ProcessBuilder.Redirect.INHERIT
                        : ProcessBuilder.Redirect.DISCARD);
        return new ChildProcess(builder.start());
    }

    /**
     * Starts a virtual machine with the bench's class path.
     *
     * @param arguments its options, the class, and what that takes
     */
    static ChildProcess java(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(arguments);
        return start(command, Map.of());
    }

    /** The number that it prints, its port. */
    int printedPort() throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String line;
        while ((line = output.readLine()) != null) {
            if (line.matches("\\d+")) {
                return Integer.parseInt(line); // a profiler says things too
            }
        }
        throw new IOException("a server has ended; -Dbench.log=true shows what it says");
    }

    boolean alive() {
        return process.isAlive();
    }

    /** CPU time of all its threads so far, in steps of 10 ms. */
    long cpuNanos() throws IOException {
        String stat = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
        long ticks =
                Long.parseLong(fields.get(USER_TIME)) + Long.parseLong(fields.get(USER_TIME + 1));
        return ticks * TICK_NANOS;
    }

    /** What it holds of the machine's memory, in bytes. */
    long resident() throws IOException {
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * KIBIBYTE;
            }
        }
        throw new IOException(status + " has no VmRSS");
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.destroy();
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
