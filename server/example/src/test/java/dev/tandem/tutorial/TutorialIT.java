package dev.tandem.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testtools.Installs;
import dev.tandem.testtools.Ports;
import dev.tandem.tutorial.Step.ChangeFile;
import dev.tandem.tutorial.Step.Commands;
import dev.tandem.tutorial.Step.Look;
import dev.tandem.tutorial.Step.Prints;
import dev.tandem.tutorial.Step.Refused;
import dev.tandem.tutorial.Step.Section;
import dev.tandem.tutorial.Step.Serve;
import dev.tandem.tutorial.Step.Stop;
import dev.tandem.tutorial.Step.WithProgram;
import dev.tandem.tutorial.Step.WriteFile;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Does what docs/tutorial.md says, word for word but for the ports and the place of the checkout,
 * from an empty folder to the end. Then the folder has the files of the example. How long each
 * section took stands in {@code target/tutorial-times.txt}.
 */
@DisabledOnOs(OS.WINDOWS)
class TutorialIT {
    private static final Path CHECKOUT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Path PAGE = CHECKOUT.resolve("docs").resolve("tutorial.md");

    /** Maven runs nine times, for some seconds each: better code of the JVM's does not pay. */
    private static final String SOON_OVER = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private static final String GRPCURL = "github.com/fullstorydev/grpcurl/cmd/grpcurl@v1.9.3";

    private final Set<String> shown = new TreeSet<>();
    private final StringBuilder times = new StringBuilder();
    private final String port = String.valueOf(Ports.free());
    private final String gatewayPort = String.valueOf(Ports.free());

    @Test
    void thePageLeadsFromAnEmptyFolderToTheExample(@TempDir Path room) throws Exception {
        Path folder = Files.createDirectory(room.resolve("empty"));
        try (Terminal terminal = new Terminal(room.resolve("state"), folder, environment(room))) {
            long begin = System.nanoTime();
            String title = "";
            for (Step step : Page.steps(here(Files.readString(PAGE)))) {
                if (step instanceof Section section) {
                    note(title, begin);
                    title = section.title();
                    begin = System.nanoTime();
                }
                take(step, terminal);
            }
            note(title, begin);
            theFilesAreTheExamples(terminal.folder());
        }
    }

    private Map<String, String> environment(Path room) throws IOException {
        String java = System.getProperty("java.home");
        String path =
                String.join(
                        File.pathSeparator,
                        Installs.go(GRPCURL).resolveSibling("").toString(),
                        Path.of(java, "bin").toString(),
                        System.getenv("PATH"));
        Files.writeString(room.resolve(".curlrc"), "silent\n"); // as where somebody looks on
        return Map.of(
                "CURL_HOME",
                room.toString(),
                "PATH",
                path,
                "JAVA_HOME",
                java,
                "MAVEN_ARGS",
                LocalRepository.make(room.resolve("repository"), CHECKOUT).mavenArguments(),
                "MAVEN_OPTS",
                SOON_OVER);
    }

    private String here(String text) {
        return text.replace("8081", "{gateway}")
                .replace("8080", port)
                .replace("{gateway}", gatewayPort)
                .replace("~/tandem", CHECKOUT.toString());
    }

    private void take(Step step, Terminal terminal) throws Exception {
        switch (step) {
            case Section _ -> {}
            case WriteFile(String path, String text) -> {
                shown.add(path);
                Path file = terminal.folder().resolve(path);
                Files.createDirectories(file.getParent());
                Files.writeString(file, text);
            }
            case ChangeFile(String path, String diff) -> {
                shown.add(path);
                Path file = terminal.folder().resolve(path);
                Files.writeString(file, Diff.apply(diff, Files.readString(file)));
            }
            case Commands(String script) -> terminal.run(script);
            case Refused(String script) -> terminal.fail(script);
            case Serve(String name, String ready, String script) ->
                    terminal.serve(name, script, ready);
            case Stop(String name) -> terminal.stop(name);
            case Prints(String text) ->
                    assertThat(terminal.printed().strip()).matches(Output.pattern(text));
            case WithProgram(String program, String script) -> {
                if (Terminal.has(program)) {
                    terminal.run(script);
                } else {
                    assertThat(program).as("what can be done by hand").isEqualTo("docker");
                    buildByHand(script, terminal);
                }
            }
            case Look(String address) -> look(address);
        }
    }

    private void buildByHand(String script, Terminal terminal) throws IOException {
        terminal.note(
                "Docker does not work here; the Dockerfile's steps done by hand instead of:\n"
                        + script);
        Dockerfile dockerfile = Dockerfile.of(terminal.folder());
        Path root = Files.createDirectory(terminal.folder().resolveSibling("image"));
        dockerfile.build(root);
        terminal.serve(
                "container", "KEYS_FILE=keys.json " + dockerfile.command(root), "people listens");
        terminal.run("curl -f http://127.0.0.1:" + port + "/ready");
        terminal.stop("container");
    }

    private static void look(String address) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
            assertThat(client.send(request, BodyHandlers.ofString()).statusCode())
                    .as(address)
                    .isEqualTo(200);
        }
    }

    private void note(String title, long begin) throws IOException {
        if (title.isEmpty()) {
            return; // what stands above the first section has no commands
        }
        long seconds = (System.nanoTime() - begin) / 1_000_000_000;
        times.append("%4d s  %s%n".formatted(seconds, title));
        Files.writeString(Path.of("target", "tutorial-times.txt"), times);
    }

    private void theFilesAreTheExamples(Path folder) throws IOException {
        shown.remove("pom.xml"); // the example is built as a part of Tandem
        for (String path : shown) {
            assertThat(Files.readString(folder.resolve(path)))
                    .as(path)
                    .isEqualTo(here(Files.readString(Path.of(path))));
        }
        assertThat(shown).containsAll(ofTheExample());
    }

    /** All that the example's program is made of. */
    private static List<String> ofTheExample() throws IOException {
        try (var files = Files.walk(Path.of("src", "main"))) {
            return files.filter(Files::isRegularFile)
                    .map(Path::toString)
                    .filter(path -> !path.endsWith("package-info.java"))
                    .toList();
        }
    }
}
