package dev.tandem.structured.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.structured.schema.SchemaDocument;
import dev.tandem.structured.schema.SchemaLimits;
import dev.tandem.structured.schema.SchemaReader;
import dev.tandem.structured.schema.SchemaRefused;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrammarTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{`type`:`integer`,`minimum`:3,`maximum`:12} | 3 4 9 10 12 | 2 13 03 3.0 -3 33",
                "{`type`:`integer`,`minimum`:-5,`exclusiveMaximum`:2} | -5 -1 0 1 | -6 2 -0 5",
                "{`type`:`integer`,`minimum`:95} | 95 99 100 12345 | 94 0 -95 9",
                "{`type`:`integer`,`maximum`:-95} | -95 -99 -100 | -94 0 95 -9",
                "{`type`:`integer`,`multipleOf`:7,`minimum`:0,`maximum`:50} | 0 7 49 | 6 50 56",
                "{`type`:`integer`} | 0 -1 7 1234567890123456 | 01 1.5 1e3 +1 -",
                "{`type`:`number`} | 0 -1 7.25 1e10 1.5E-3 | .5 5. 1e 01",
                "{`type`:`number`,`minimum`:0,`maximum`:1} | 0 1 0.5 0.999 1.0 0.0 | 1.01 -0.1 2 00",
                "{`type`:`number`,`exclusiveMinimum`:0,`maximum`:2.5} | 0.01 1 2.5 2.49 2.500"
                        + " | 0 0.0 2.51 2.6 3",
                "{`type`:`number`,`minimum`:-1.25,`maximum`:-1.2} | -1.2 -1.25 -1.21 | -1.19 -1.26 1.2 -1",
                "{`type`:`number`,`multipleOf`:0.01,`minimum`:0} | 0 1.5 2.25 100 | 2.255 -1",
                "{`enum`:[1,12,null,true,`x`,`xy`,``]} | 1 12 null true `x` `xy` `` | 2 false `y` 123",
                "{`const`:{`a`:[1]}} | {`a`:[1]} | {`a`:[2]} {}",
                "{`type`:`array`,`items`:{`type`:`boolean`},`minItems`:1,`maxItems`:2}"
                        + " | [true] [false,true] | [] [true,true,true] [1]",
                "{`prefixItems`:[{`const`:1},{`const`:2}],`items`:false,`minItems`:1}"
                        + " | [1] [1,2] | [] [2] [1,2,3]",
                "{`type`:`object`,`properties`:{`a`:{`const`:1},`b`:{`const`:2},`c`:{`const`:3}},"
                        + "`required`:[`b`],`additionalProperties`:false}"
                        + " | {`b`:2} {`a`:1,`b`:2} {`b`:2,`c`:3} {`a`:1,`b`:2,`c`:3}"
                        + " | {} {`a`:1} {`b`:2,`a`:1} {`b`:2,} {`b`:2,`d`:4} {`a`:1,`c`:3}",
                "{`type`:`object`,`additionalProperties`:{`type`:`null`},`maxProperties`:2}"
                        + " | {} {`x`:null} {`x`:null,`y`:null}"
                        + " | {`x`:1} {`x`:null,`y`:null,`z`:null}",
                "{`type`:`object`,`properties`:{`ab`:{`const`:1}},`additionalProperties`:{`const`:0}}"
                        + " | {} {`ab`:1} {`ab`:1,`a`:0} {`abc`:0} | {`ab`:0} {`a`:1}",
                "{`type`:`string`,`minLength`:1,`maxLength`:2} | `a` `ab` `\\u00e9` `\uD83D\uDE00x`"
                        + " | `` `abc` `\\ud83d` a",
                "{`type`:`string`,`pattern`:`^[a-z]+(-[a-z]+)*$`} | `a` `a-b` `ab-cd-e` | `` `-` `a-` `A`",
                "{`type`:`string`,`pattern`:`b`,`maxLength`:3} | `b` `abc` `bbb` | `a` `` `abbb`",
                "{`type`:`string`,`format`:`date`} | `2024-02-29` `1999-12-31`"
                        + " | `2023-02-29` `2024-13-01` `2024-1-1` `x`",
                "{`type`:`string`,`format`:`ipv6`} | `::` `::1` `1:2:3:4:5:6:7:8` `fe80::1:2` | `1` `1:2` `:::`",
                "{`type`:[`string`,`null`]} | `x` null | 1 true",
                "{`anyOf`:[{`type`:`integer`},{`type`:`boolean`}]} | 1 true | null 1.5",
                "{`allOf`:[{`type`:`integer`,`minimum`:2},{`maximum`:4}]} | 2 4 | 1 5",
                "{`$ref`:`#/$defs/n`,`$defs`:{`n`:{`type`:`object`,`properties`:{`v`:{`type`:`integer`},"
                        + "`next`:{`anyOf`:[{`$ref`:`#/$defs/n`},{`type`:`null`}]}},"
                        + "`required`:[`v`,`next`],`additionalProperties`:false}}}"
                        + " | {`v`:1,`next`:null} {`v`:1,`next`:{`v`:2,`next`:null}} | {`v`:1} {`v`:1,`next`:{}}",
                "true | 1 `x` [] [1,[2]] {`a`:{`b`:[null]}} | [1 {a:1} nul"
            })
    void textsAreSeparated(String schema, String good, String bad) throws SchemaRefused {
        GbnfMatcher matcher = matcher(schema.replace('`', '"'));
        for (String text : texts(good)) {
            assertThat(matcher.matches(text)).as("takes %s", text).isTrue();
        }
        for (String text : texts(bad)) {
            assertThat(matcher.matches(text)).as("takes %s", text).isFalse();
        }
    }

    @Test
    void oneSpaceMayStandBetween() throws SchemaRefused {
        GbnfMatcher matcher =
                matcher("{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"array\"}}}");
        assertThat(matcher.matches("{ \"a\": [ 1, 2 ] }")).isTrue();
        assertThat(matcher.matches("{  \"a\":[]}")).isFalse();
        assertThat(matcher.matches("{\n\"a\":[]}")).isFalse();
    }

    @Test
    void aFewStacksSuffice() throws SchemaRefused {
        GbnfMatcher matcher =
                matcher("{\"type\":\"string\",\"pattern\":\"^([a-z]{0,30} ?){0,20}$\"}");
        assertThat(matcher.matches("\"" + "ab cd ".repeat(9) + "\"")).isTrue();
        assertThat(matcher.most).isLessThan(4);
    }

    private static List<String> texts(String line) {
        return List.of(line.replace('`', '"').split(" ", -1));
    }

    private static GbnfMatcher matcher(String schema) throws SchemaRefused {
        SchemaDocument document = new SchemaReader(SchemaLimits.DEFAULT).read(schema);
        return new GbnfMatcher(Grammar.of(document).gbnf());
    }
}
