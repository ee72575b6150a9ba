package dev.tandem.sdks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The program as it is handed out, serving the default model in a process of its own. */
final class Server implements AutoCloseable {
    private static final Path DISTRIBUTIONS = Path.of("..", "gateway", "target");
    private static final Pattern PORT =
            Pattern.compile("Tandem listens on 127\\.0\\.0\\.1:([0-9]+)");
    private static final List<String> STORE =
            List.of("TANDEM_HOME", "TANDEM_MODEL", "TANDEM_LLAMA_HOME");

    private final Process process;
    private final int port;

    private Server(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Two slots, at a free port. Where the model cannot be had, the test is skipped. */
    static Server start() throws IOException, InterruptedException {
        Process pull = program("pull").start();
        String said = new String(pull.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (pull.waitFor() != 0) {
            Needed.missing(said);
        }
        Process process = program("serve").start();
        BufferedReader lines = process.inputReader();
        Matcher port = PORT.matcher(awaitLine(lines, "Tandem listens"));
        if (!port.find()) {
            throw new AssertionError("The server told no port.");
        }
        awaitLine(lines, "Ready after");
        // a full pipe would stop it
        Thread.ofVirtual().start(() -> lines.lines().forEach(line -> {}));
        return new Server(process, Integer.parseInt(port.group(1)));
    }

    String baseUrl() {
        return "http://127.0.0.1:" + port + "/v1";
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(40, TimeUnit.SECONDS)) {
                throw new AssertionError("The server did not end within 40 s.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }

    private static ProcessBuilder program(String command) {
        ProcessBuilder builder =
                new ProcessBuilder(distribution().resolve("bin/tandem").toString(), command)
                        .redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("TANDEM_") && !STORE.contains(name));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("TANDEM_PORT", "0");
        builder.environment().put("TANDEM_SLOTS", "2");
        return builder;
    }

    private static String awaitLine(BufferedReader lines, String part) throws IOException {
        StringBuilder seen = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.contains(part)) {
                return line;
            }
            seen.append(line).append('\n');
        }
        throw new AssertionError("ended without '" + part + "':\n" + seen);
    }

    private static Path distribution() {
        try (Stream<Path> folders = Files.list(DISTRIBUTIONS)) {
            return folders.filter(Files::isDirectory)
                    .filter(each -> each.getFileName().toString().matches("tandem-[0-9].*"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("the build made no distribution"))
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
