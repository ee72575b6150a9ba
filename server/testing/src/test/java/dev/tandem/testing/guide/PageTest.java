package dev.tandem.testing.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every Java example of docs/testing.md stands in the test that is named above it. */
class PageTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "testing.md");
    private static final Path TESTS = Path.of("src/test/java/dev/tandem/testing/guide");
    private static final Pattern EXAMPLE =
            Pattern.compile("(?s)<!-- (\\w+) -->\n```java\n(.*?)```");

    @Test
    void everyExampleIsPartOfATest() throws IOException {
        String page = Files.readString(PAGE);
        List<MatchResult> examples = EXAMPLE.matcher(page).results().toList();

        assertThat(examples).hasSizeGreaterThan(8);
        assertThat(Pattern.compile("```java\n").matcher(page).results().count())
                .as("examples without the name of their test")
                .isEqualTo(examples.size());
        for (MatchResult example : examples) {
            String test = Files.readString(TESTS.resolve(example.group(1) + ".java"));
            assertThat(flat(test)).contains(flat(example.group(2)));
        }
    }

    /** Lines without their indentation. */
    private static String flat(String code) {
        return code.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n"));
    }
}
