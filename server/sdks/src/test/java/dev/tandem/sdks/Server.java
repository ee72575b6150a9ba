package dev.tandem.sdks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testtools.Command;
import dev.tandem.testtools.Programs;
import dev.tandem.testtools.Running;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    private final Running program;
    private final int port;

    private Server(Running program, int port) {
        this.program = program;
        this.port = port;
    }

    /** Two slots, at a free port. Where the model cannot be had, the test is skipped. */
    static Server start() {
        Running.Ended pull = program("pull").run();
        if (pull.exit() != 0) {
            Programs.missing(pull.text());
        }
        Running program = program("serve").start().await("Ready after");
        Matcher port = PORT.matcher(program.text());
        assertThat(port.find()).as(program.text()).isTrue();
        return new Server(program, Integer.parseInt(port.group(1)));
    }

    /** Host and port. */
    String address() {
        return "127.0.0.1:" + port;
    }

    String baseUrl() {
        return "http://" + address() + "/v1";
    }

    @Override
    public void close() {
        program.stop();
    }

    /** With the variables of the store, and no others of its own. */
    private static Command program(String command) {
        List<String> words = new ArrayList<>(List.of("env"));
        System.getenv().keySet().stream()
                .filter(name -> name.startsWith("TANDEM_") && !STORE.contains(name))
                .forEach(name -> words.addAll(List.of("-u", name)));
        words.addAll(List.of(distribution().resolve("bin/tandem").toString(), command));
        return Command.of(words)
                .with("JAVA_HOME", System.getProperty("java.home"))
                .with("TANDEM_PORT", "0")
                .with("TANDEM_SLOTS", "2");
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
