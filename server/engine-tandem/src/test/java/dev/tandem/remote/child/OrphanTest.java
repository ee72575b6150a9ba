package dev.tandem.remote.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.remote.Until;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OrphanTest {
    @Test
    void aChildDoesNotOutliveAParentThatIsKilled() throws Exception {
        Process parent =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                ParentOfOne.class.getName())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (BufferedReader lines = parent.inputReader()) {
            ProcessHandle child = ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();
            assertThat(child.isAlive()).isTrue();

            parent.destroyForcibly(); // SIGKILL: it can tell nobody

            assertThat(Until.holds("the child is gone", () -> !child.isAlive()))
                    .isLessThan(Duration.ofSeconds(10));
        } finally {
            parent.destroyForcibly();
        }
    }
}
