package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every test that docs/security.md names is there. */
class ThreatsDocTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+(?:Test|IT))(?:\\.(\\w+))?`");

    @Test
    void eachThreatNamesTestsThatThereAre() throws IOException {
        List<String> threats =
                Files.readString(ROOT.resolve("docs/security.md"))
                        .split("## Threats", 2)[1]
                        .lines()
                        .filter(line -> line.startsWith("| ") && !line.contains("---"))
                        .skip(1)
                        .toList();
        assertThat(threats).hasSizeGreaterThan(20).allMatch(row -> NAMED.matcher(row).find());
        List<MatchResult> named =
                threats.stream().flatMap(row -> NAMED.matcher(row).results()).toList();
        List<Path> tests = tests();
        for (MatchResult test : named) {
            assertThat(has(tests, test.group(1), test.group(2))).as(test.group()).isTrue();
        }
    }

    private static boolean has(List<Path> tests, String name, String method) throws IOException {
        for (Path file : tests) {
            if (file.endsWith(name + ".java")
                    && (method == null
                            || Files.readString(file).contains("void " + method + "("))) {
                return true;
            }
        }
        return false;
    }

    private static List<Path> tests() throws IOException {
        try (Stream<Path> modules = Files.list(ROOT.resolve("server"))) {
            List<Path> folders =
                    modules.map(each -> each.resolve("src/test/java"))
                            .filter(Files::isDirectory)
                            .toList();
            return folders.stream().flatMap(ThreatsDocTest::below).toList();
        }
    }

    private static Stream<Path> below(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
