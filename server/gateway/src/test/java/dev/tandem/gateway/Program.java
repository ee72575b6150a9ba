package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testtools.Distribution;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The program as it is handed out, in a process of its own. */
final class Program {
    /** The distribution's folder. */
    static final Path FOLDER = Distribution.folder();

    /** No test has a program run for longer; whoever waits for its next line then hears its end. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final Pattern PORT =
            Pattern.compile("Tandem listens on 127\\.0\\.0\\.1:([0-9]+)");

    private Program() {}

    /** How a process ended, with all that it printed. */
    record Ended(int exit, String text) {}

    static Ended run(String... arguments) throws Exception {
        return end(start(List.of(), arguments));
    }

    /** A free port and the store of this machine's user, where the default model is. */
    static List<String> realStore() {
        return Stream.concat(
                        Stream.of("TANDEM_PORT=0", "TANDEM_SLOTS=2"),
                        System.getenv().entrySet().stream()
                                .filter(each ->
                                        List.of("TANDEM_HOME", "TANDEM_MODEL", "TANDEM_LLAMA_HOME")
                                                .contains(each.getKey()))
                                .map(each -> each.getKey() + "=" + each.getValue()))
                .toList();
    }

    /** Starts it with these variables, {@code NAME=value}, and no other of its own. */
    static Process start(List<String> environment, String... arguments) throws IOException {
        String[] command =
                Stream.concat(
                                Stream.of(FOLDER.resolve("bin/tandem").toString()),
                                Arrays.stream(arguments))
                        .toArray(String[]::new);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("TANDEM_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        environment.forEach(setting ->
                builder.environment().put(setting.split("=", 2)[0], setting.split("=", 2)[1]));
        Process process = builder.start();
        CompletableFuture.delayedExecutor(LONGEST.toMillis(), TimeUnit.MILLISECONDS)
                .execute(process::destroyForcibly);
        return process;
    }

    /** A folder for the variable PATH with what the program needs, and a pip that never ends. */
    static Path endlessPip(Path folder) throws IOException {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path pip =
                Files.writeString(
                        bin.resolve("pip"),
                        "#!/bin/sh\n[ \"$1\" = --version ] || exec tail -f /dev/null\n");
        assertThat(pip.toFile().setExecutable(true)).isTrue();
        for (String tool : List.of("sh", "sed", "dirname", "readlink", "tail")) {
            Files.createSymbolicLink(bin.resolve(tool), Path.of("/usr/bin", tool));
        }
        return bin;
    }

    static Ended end(Process process) throws Exception {
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), text);
    }

    /** The port that a server told. */
    static int port(BufferedReader lines) throws IOException {
        Matcher port = PORT.matcher(awaitLine(lines, "Tandem listens"));
        assertThat(port.find()).isTrue();
        return Integer.parseInt(port.group(1));
    }

    static String awaitLine(BufferedReader lines, String part) throws IOException {
        StringBuilder seen = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.contains(part)) {
                return line;
            }
            seen.append(line).append('\n');
        }
        throw new AssertionError("ended without '" + part + "':\n" + seen);
    }
}
