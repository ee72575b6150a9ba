package dev.tandem.structured.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tandem.structured.schema.Problem;
import dev.tandem.structured.schema.SchemaRefused;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckedSchemaTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{`type`:`obect`} | /type",
                "{`properties`:{`a`:{`minimum`:`3`}}} | /properties/a/minimum",
                "{`properties`:{`a`:7}} | /properties/a",
                "{`required`:`a`} | /required",
                "{`$ref`:`https://example.com/s.json`} | /$ref",
                "{`$ref`:`file:///etc/passwd`} | /$ref",
                "{`$ref`:`other.json#/a`} | /$ref",
                "{`items`:{`$ref`:`#/$defs/none`}} | /items/$ref",
                "{`$ref`:`#`} | /$ref",
                "{`$defs`:{`a`:{`$ref`:`#/$defs/b`},`b`:{`$ref`:`#/$defs/a`}},`$ref`:`#/$defs/a`} | /$ref",
                "{`properties`:{`a`:{`$id`:`http://example.com/`,`$ref`:`x`}}} | /properties/a/$id",
                "{`$dynamicRef`:`https://example.com/`} | /$dynamicRef",
                "{`pattern`:`(?=a)b`} | /pattern",
                "{`patternProperties`:{`(`:true}} | /patternProperties/(",
                "[] | ~~",
                "{ | ~~"
            })
    void whatIsNoSchemaIsRefusedWithItsPlace(String schema, String pointer) {
        assertThat(problems(schema)).extracting(Problem::pointer).contains(pointer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "{}",
                "{`not`:{`type`:`null`}}",
                "{`if`:{`type`:`string`},`then`:{`minLength`:2}}",
                "{`enum`:[{`$ref`:`https://example.com`}]}",
                "{`properties`:{`$ref`:{`type`:`string`}}}",
                "{`items`:[{`type`:`string`}],`additionalItems`:false}",
                "{`$schema`:`http://json-schema.org/draft-07/schema#`,`definitions`:{`a`:true}}",
                "{`dependencies`:{`a`:[`b`],`c`:{`minProperties`:2}}}",
                "{`$defs`:{`n`:{`properties`:{`next`:{`$ref`:`#/$defs/n`}}}},`$ref`:`#/$defs/n`}",
                "{`x-own`:7,`title`:`t`,`properties`:{`größe`:{`type`:`number`}}}"
            })
    void anyKeywordOfTheDraftsIsTaken(String schema) throws SchemaRefused {
        CheckedSchema.of(schema.replace('`', '"'));
    }

    @Test
    void whatIsBehindAReferenceIsLookedAtToo() {
        assertThat(problems("{`x`:{`$ref`:`http://a/b`},`$ref`:`#/x`}"))
                .extracting(Problem::pointer)
                .containsExactly("/x/$ref");
    }

    @Test
    void schemasThatAreTooLargeAreRefused() {
        String deep = "{\"items\":".repeat(60) + "{}" + "}".repeat(60);
        String deeper = "{\"items\":".repeat(5000) + "{}" + "}".repeat(5000);
        String long_ = "{\"title\":\"" + "a".repeat(300_000) + "\"}";
        String wide = "{\"anyOf\":[" + "true,".repeat(6000) + "true]}"; // more than 5,000 schemas

        for (String schema : List.of(deep, deeper, long_, wide)) {
            assertThatExceptionOfType(SchemaRefused.class)
                    .isThrownBy(() -> CheckedSchema.of(schema));
        }
    }

    @Test
    void keywordsThatNoGrammarHoldsToAreChecked() throws SchemaRefused {
        SchemaCheck check =
                CheckedSchema.of("{\"patternProperties\":{\"^x\":{\"type\":\"integer\"}}}").check();

        assertThat(check.violations("{\"xa\":\"no\",\"y\":\"yes\"}"))
                .singleElement()
                .satisfies(violation -> assertThat(violation.pointer()).isEqualTo("/xa"));
    }

    private static List<Problem> problems(String schema) {
        try {
            CheckedSchema.of(schema.replace('`', '"'));
            return List.of();
        } catch (SchemaRefused e) {
            return e.problems();
        }
    }
}
