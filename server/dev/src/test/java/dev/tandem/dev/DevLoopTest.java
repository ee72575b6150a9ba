package dev.tandem.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * With a service that takes a moment to start; what Maven makes, the tests of the skeleton have.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class DevLoopTest {
    private static final String WORD = "src/main/java/a/Word.java";

    @TempDir Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private Project project;
    private DevLoop loop;

    @BeforeEach
    void start() throws IOException {
        project = new Project(folder).main("Word.text()", "").write(WORD, word("Word", "one"));
        try (JavaBuild build = new JavaBuild(project.options())) {
            assertThat(build.compile(false)).isEmpty();
        }
        loop = new DevLoop(project.options(), out);
        Thread.ofVirtual().start(this::run);
        await("dev: started in");
    }

    private void run() {
        try {
            loop.run();
            ended.complete(null);
        } catch (IOException | InterruptedException | AssertionError e) {
            ended.completeExceptionally(e);
        }
    }

    @AfterEach
    void nothingIsLeftBehind() {
        loop.end();

        assertThat(ended).succeedsWithin(Duration.ofMinutes(1));
        assertThat(ServiceProcess.listens(project.options().port())).isFalse();
    }

    @Test
    void aClassThatIsRenamedIsServedWhenAllThatNamesItFollows() throws IOException {
        project.delete(WORD);
        project.write("src/main/java/a/Term.java", word("Term", "two"));
        await("dev: not restarted");
        assertThat(project.ask())
                .as("also with a class that it did not use before")
                .isEqualTo("one");

        project.main("Term.text()", "");
        await("dev: restarted in");

        assertThat(project.ask()).isEqualTo("two");
        assertThat(project.has("target/classes/a/Word.class")).isFalse();
    }

    @Test
    void aServiceThatEndedIsStartedByTheNextGoodChange() throws IOException {
        project.write(WORD, word("Word", "two")).main("Word.text()", "if (true) System.exit(7);");
        await("dev: the service has ended with exit code 7");

        project.main("Word.text()", "no code");
        await("dev: not started");
        project.main("Word.text()", "");
        await("dev: restarted in");

        assertThat(project.ask()).isEqualTo("two");
    }

    private static String word(String name, String text) {
        return "package a; class %s { static String text() { return \"%s\"; } }"
                .formatted(name, text);
    }

    private void await(String sentence) {
        while (!said.toString(StandardCharsets.UTF_8).contains(sentence)) {
            assertThat(ended).as("%s", said).isNotDone();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }
}
