package dev.tandem.runtime.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * docs/web.md shows the classes that are tested here. To renew it: {@code ./mvnw -pl server/runtime
 * test -Dtest=WebDocTest -Dtandem.renew=true}.
 */
class WebDocTest {
    private static final Path PAGE = Path.of("../../docs/web.md");
    private static final Path SOURCES = Path.of("src/test/java/dev/tandem/runtime/web");

    @ParameterizedTest
    @ValueSource(strings = {"WebPages", "Sessions", "SignIn"})
    void thePageShowsTheClassAsItIs(String name) throws IOException {
        String page = Files.readString(PAGE);
        String renewed = with(name, shown(name), page);
        if (Boolean.getBoolean("tandem.renew")) {
            Files.writeString(PAGE, renewed);
            return;
        }
        assertThat(page)
                .as("docs/web.md is out of date; run this test with -Dtandem.renew=true")
                .isEqualTo(renewed);
    }

    /** Without package and imports. */
    private static String shown(String name) throws IOException {
        String source = Files.readString(SOURCES.resolve(name + ".java"));
        int imports = source.lastIndexOf("\nimport ");
        return source.substring(source.indexOf('\n', imports + 1)).strip();
    }

    private static String with(String name, String shown, String page) {
        String begin = "<!-- " + name + " -->\n```java\n";
        int from = page.indexOf(begin) + begin.length();
        assertThat(from).as("a place for " + name).isGreaterThanOrEqualTo(begin.length());
        return page.substring(0, from) + shown + page.substring(page.indexOf("\n```\n", from - 1));
    }
}
