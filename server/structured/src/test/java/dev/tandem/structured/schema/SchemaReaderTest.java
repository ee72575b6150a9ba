package dev.tandem.structured.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tandem.structured.json.JsonReader;
import dev.tandem.structured.schema.Schema.AnyOf;
import dev.tandem.structured.schema.Schema.ObjectValue;
import dev.tandem.structured.schema.Schema.Values;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaReaderTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{`properties`:{`a`:{`not`:{}}}} | /properties/a/not",
                "{`if`:{}} | /if",
                "{`$ref`:`https://example.com/x.json`} | /$ref",
                "{`$ref`:`#/$defs/none`} | /$ref",
                "{`$ref`:`#`} | ~~",
                "{`type`:`strin`} | /type",
                "{`type`:`string`,`pattern`:`a(?=b)`} | /pattern",
                "{`type`:`string`,`pattern`:`(a)\\\\1`} | /pattern",
                "{`type`:`string`,`pattern`:`(`} | /pattern",
                "{`type`:`string`,`pattern`:`^(.{1,900}x){1,900}$`} | /pattern",
                "{`type`:`string`,`pattern`:`^a$`,`minLength`:2} | /pattern",
                "{`type`:`string`,`minLength`:3,`maxLength`:2} | /maxLength",
                "{`type`:`integer`,`minimum`:3,`maximum`:2} | /minimum",
                "{`type`:`integer`,`minimum`:0.2,`maximum`:0.8} | /minimum",
                "{`type`:`integer`,`multipleOf`:7,`minimum`:1,`maximum`:6} | /minimum",
                "{`allOf`:[{`type`:`string`,`pattern`:`^a`},{`type`:`string`,`pattern`:`^b`}]} | ~~",
                "{`type`:`array`,`items`:{`enum`:[]}} | /items/enum",
                "{`anyOf`:[]} | /anyOf",
                "{`$defs`:{`a`:{`$ref`:`#/$defs/b`},`b`:{`$ref`:`#/$defs/a`}},`$ref`:`#/$defs/a`} | /$defs/a",
                "{`$defs`:{`a`:{`type`:`object`,`properties`:{`n`:{`$ref`:`#/$defs/a`}},`required`:[`n`]}},`$ref`:`#/$defs/a`} | ~~",
                "{`properties`:{`a~/b`:{`type`:1}}} | /properties/a~0~1b/type",
                "{`properties`:{`a`:{`$id`:`x`}}} | /properties/a/$id",
                "{`allOf`:[{`type`:`string`},{`type`:`null`}]} | ~~",
                "[] | ~~",
                "{`a`:1,`a`:2} | ~~"
            })
    void whatCannotBeEnforcedIsRefusedWithItsPlace(String schema, String pointer) {
        SchemaRefused refused = refused(schema);
        assertThat(refused).as(schema).isNotNull();
        assertThat(refused.problems()).extracting(Problem::pointer).contains(pointer);
    }

    @Test
    void allProblemsAreToldAtOnce() {
        SchemaRefused refused =
                refused("{`properties`:{`a`:{`not`:{}},`b`:{`type`:`x`},`c`:{`contains`:{}}}}");
        assertThat(refused.problems())
                .extracting(Problem::pointer)
                .containsExactly(
                        "/properties/a/not", "/properties/b/type", "/properties/c/contains");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{`type`:`array`,`uniqueItems`:true} | /uniqueItems",
                "{`type`:`string`,`maxLength`:5000} | /maxLength",
                "{`type`:`array`,`maxItems`:5000} | /maxItems",
                "{`type`:`number`,`multipleOf`:0.3} | /multipleOf",
                "{`type`:`string`,`format`:`regex`} | /format",
                "{`oneOf`:[{`type`:`integer`},{`type`:`number`}]} | /oneOf",
                "{`properties`:{`a`:{}},`maxProperties`:0} | /maxProperties"
            })
    void whatOnlyTheFinishedValueShowsIsNoted(String schema, String pointer) throws SchemaRefused {
        assertThat(read(schema).checkedOnly())
                .extracting(Problem::pointer)
                .containsExactly(pointer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{`oneOf`:[{`type`:`integer`},{`type`:`string`}]}",
                "{`oneOf`:[{`properties`:{`k`:{`const`:1}},`required`:[`k`]},"
                        + "{`properties`:{`k`:{`const`:2}},`required`:[`k`]}]}",
                "{`oneOf`:[{`enum`:[1,2]},{`enum`:[3]}]}",
                "{`oneOf`:[{`type`:`string`,`pattern`:`^a`},{`type`:`string`,`pattern`:`^b`}]}"
            })
    void alternativesThatExcludeEachOtherNeedNoCheck(String schema) throws SchemaRefused {
        assertThat(read(schema).checkedOnly()).isEmpty();
    }

    @Test
    void schemasAreJoined() throws SchemaRefused {
        var object =
                (ObjectValue)
                        read("{`allOf`:[{`$ref`:`#/$defs/a`},{`properties`:{`b`:{`const`:1}},"
                                        + "`required`:[`b`]}],`$defs`:{`a`:{`type`:`object`,"
                                        + "`properties`:{`a`:{`type`:`null`}}}}}")
                                .root();
        assertThat(object.properties().keySet()).containsExactly("a", "b");
        assertThat(object.required()).containsExactly("b");
        var values = (Values) read("{`type`:`integer`,`minimum`:2,`enum`:[1,2,3,`x`]}").root();
        assertThat(values.values()).hasSize(2);
        assertThat(read("{`type`:[`string`,`null`]}").root()).isInstanceOf(AnyOf.class);
    }

    @Test
    void alternativesThatNeverEndAreLeftOut() throws SchemaRefused {
        SchemaDocument document =
                read(
                        "{`$defs`:{`a`:{`type`:`object`,`properties`:{`n`:{`$ref`:`#/$defs/a`}},"
                                + "`required`:[`n`]}},`anyOf`:[{`$ref`:`#/$defs/a`},{`type`:`null`}]}");
        assertThat(document.root()).isEqualTo(new Schema.NullValue());
    }

    @Test
    void sizeIsBounded() {
        assertThat(refused("[".repeat(1_000) + "]".repeat(1_000))).isNotNull();
        assertThat(
                        refused("{`items`:".repeat(60) + "{}" + "}".repeat(60))
                                .problems()
                                .getFirst()
                                .sentence())
                .contains("deep");
        String many = "{`anyOf`:[" + "{},".repeat(6_000) + "{}]}";
        assertThat(refused(many).problems().getFirst().sentence()).contains("more than 5000");
    }

    @Test
    void patternsAreBoundedTogether() {
        var all = new StringBuilder("{`anyOf`:[{`type`:`null`}");
        for (int i = 0; i < 200; i++) {
            all.append(",{`type`:`string`,`pattern`:`(a|b)*a(a|b){10}")
                    .append("c".repeat(i))
                    .append("`}");
        }
        SchemaRefused refused = refused(all + "]}");
        assertThat(refused.problems().getLast().sentence()).contains("too large together");
    }

    @Test
    void strictWantsClosedObjectsWithEverythingRequired() {
        List<Problem> broken =
                StrictRules.broken(
                        new JsonReader(10_000, 50)
                                .read(
                                        "{`type`:`object`,`properties`:{`a`:{},`b`:{`type`:`object`}},`required`:[`a`],`additionalProperties`:false}"
                                                .replace('`', '"')));
        assertThat(broken)
                .extracting(Problem::pointer)
                .containsExactlyInAnyOrder("/required", "/properties/b");
    }

    private static SchemaDocument read(String schema) throws SchemaRefused {
        return new SchemaReader(SchemaLimits.DEFAULT).read(schema.replace('`', '"'));
    }

    private static SchemaRefused refused(String schema) {
        return catchThrowableOfType(SchemaRefused.class, () -> read(schema));
    }
}
