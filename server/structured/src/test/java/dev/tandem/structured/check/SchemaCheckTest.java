package dev.tandem.structured.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.structured.json.Json;
import dev.tandem.structured.json.JsonReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaCheckTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{`type`:`object`,`properties`:{`a`:{`type`:`integer`}}} | {`a`:`x`} | /a | type",
                "{`type`:`object`,`required`:[`a`]} | {} | ~~ | required",
                "{`type`:`array`,`uniqueItems`:true} | [1,1.0] | ~~ | uniqueItems",
                "{`items`:{`type`:`string`,`pattern`:`^a+$`}} | [`a`,`b`] | /1 | pattern",
                "{`type`:`string`,`format`:`date`} | `2023-02-30` | ~~ | format",
                "{`type`:`number`,`multipleOf`:0.01} | 0.295 | ~~ | multipleOf",
                "{`items`:[{`type`:`string`},{`type`:`null`}]} | [`a`,1] | /1 | type",
                "{`oneOf`:[{`type`:`integer`},{`type`:`number`}]} | 1 | ~~ | oneOf",
                "{`$defs`:{`n`:{`minimum`:3}},`properties`:{`a/b`:{`$ref`:`#/$defs/n`}}} | {`a/b`:1} | /a~1b | minimum",
                "{} | {`a`:1,} | ~~ | json",
                "{} | {`a`:1,`a`:2} | ~~ | json"
            })
    void aBrokenRuleIsToldWithItsPlace(String schema, String value, String pointer, String rule) {
        assertThat(check(schema).violations(value.replace('`', '"')))
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.pointer()).isEqualTo(pointer);
                    assertThat(violation.rule()).isEqualTo(rule);
                    assertThat(violation.sentence()).isNotBlank();
                });
    }

    @Test
    void multiplesAreExact() {
        assertThat(check("{`multipleOf`:0.01}").violations("0.29")).isEmpty();
    }

    @Test
    void namesOfSchemasAreNotFollowed() {
        SchemaCheck check =
                check(
                        "{`$schema`:`https://example.com/own`,`$id`:`https://example.com/s`,`type`:`null`}");
        assertThat(check.violations("null")).isEmpty();
        assertThat(check.violations("1")).hasSize(1);
    }

    @Test
    void patternsTakeLinearTime() {
        String text = "\"" + "a".repeat(200_000) + "b\"";
        assertThat(check("{`pattern`:`^(a+)+$`}").violations(text)).hasSize(1);
    }

    @Test
    void theStepsOfACheckAreBounded() {
        String deep = "[".repeat(150) + "]".repeat(150);
        String all =
                "{`$defs`:{`a`:{`items`:{`allOf`:[{`$ref`:`#/$defs/a`},{`$ref`:`#/$defs/a`}]}}},`$ref`:`#/$defs/a`}";
        assertThat(check(all).violations(deep))
                .extracting(Violation::rule)
                .containsExactly("limit");
    }

    private static SchemaCheck check(String schema) {
        Json json = new JsonReader(10_000, 50).read(schema.replace('`', '"'));
        return SchemaCheck.of(json);
    }
}
