package dev.tandem.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/configuration.md says what the program reads, key by key. */
class DocumentedTest {
    private static final Path PAGE = Path.of("../../docs/configuration.md");

    @Test
    void theTableIsThatOfTheProgram() throws Exception {
        List<String> rows =
                Files.readAllLines(PAGE).stream()
                        .filter(line -> line.startsWith("| `TANDEM_"))
                        .toList();

        assertThat(rows)
                .containsExactlyElementsOf(
                        Stream.concat(Stream.of(Key.values()), LimitSetting.ALL.stream())
                                .map(DocumentedTest::row)
                                .toList());
    }

    private static String row(Setting key) {
        return "| `%s` | %s | %s | %s |"
                .formatted(key.name(), key.fallback(), key.range(), key.about());
    }
}
