package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every test that docs/security.md names is there. */
class ThreatsDocTest {
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+(?:Test|IT))(?:\\.(\\w+))?`");

    @Test
    void eachThreatNamesTestsThatThereAre() throws IOException {
        List<String> threats =
                Files.readString(TestSources.ROOT.resolve("docs/security.md"))
                        .split("## Threats", 2)[1]
                        .lines()
                        .filter(line -> line.startsWith("| ") && !line.contains("---"))
                        .skip(1)
                        .toList();
        assertThat(threats).hasSizeGreaterThan(20).allMatch(row -> NAMED.matcher(row).find());
        TestSources tests = TestSources.read();
        for (String threat : threats) {
            for (MatchResult test : NAMED.matcher(threat).results().toList()) {
                List<Path> files = tests.named(test.group(1));
                assertThat(files).as(test.group()).isNotEmpty();
                if (test.group(2) != null) {
                    assertThat(files)
                            .as(test.group())
                            .anyMatch(file -> TestSources.has(file, test.group(2)));
                }
            }
        }
    }
}
