package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testtools.Command;
import dev.tandem.testtools.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The parts of the chat page that need no browser, by their own tests in {@code src/test/chat}. */
class ChatScriptsTest {
    @Test
    void theirTestsPass() throws IOException {
        Path folder = Path.of("src", "test", "chat").toAbsolutePath();
        List<String> words = new ArrayList<>(List.of("node", "--test"));
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".test.mjs"))
                    .sorted()
                    .forEach(words::add);
        }

        Running.Ended ended = Command.of(words).in(folder).run();

        assertThat(ended.exit()).as(ended.text()).isZero();
        assertThat(ended.text()).containsPattern("pass [1-9]\\d").containsPattern("fail 0");
    }
}
