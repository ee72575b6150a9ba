package dev.tandem.structured.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.structured.grammar.Grammar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of docs/structured.md says what is so. */
class DocumentedKeywordsTest {
    private static final Pattern ROW =
            Pattern.compile("\\| (.+) \\| `(\\{.*})` \\| (enforced|checked|refused) \\|");

    static Stream<Arguments> rows() throws IOException {
        return Files.readAllLines(Path.of("../../docs/structured.md")).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> Arguments.of(row.group(1), row.group(2), row.group(3)));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("rows")
    void aKeywordIsTreatedAsTold(String keyword, String schema, String told) {
        assertThat(treated(schema)).as(keyword).isEqualTo(told);
    }

    private static String treated(String schema) {
        try {
            SchemaDocument document = new SchemaReader(SchemaLimits.DEFAULT).read(schema);
            assertThat(Grammar.of(document).rules()).isPositive();
            return document.checkedOnly().isEmpty() ? "enforced" : "checked";
        } catch (SchemaRefused e) {
            return "refused";
        }
    }
}
