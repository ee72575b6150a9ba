package dev.tandem.structured.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tandem.structured.schema.SchemaDocument;
import dev.tandem.structured.schema.SchemaLimits;
import dev.tandem.structured.schema.SchemaReader;
import dev.tandem.structured.schema.SchemaRefused;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GrammarBuilderTest {
    private static SchemaDocument schema(String text) throws SchemaRefused {
        return new SchemaReader(SchemaLimits.DEFAULT).read(text);
    }

    @Test
    void textsThatBeginAlikeAreReadOnce() throws SchemaRefused {
        var builder = new GrammarBuilder();
        Map<String, String> calls = new LinkedHashMap<>();
        calls.put("add=", builder.value(schema("{\"type\":\"integer\"}")));
        calls.put("addAll=", builder.value(schema("{\"type\":\"boolean\"}")));
        calls.put("say=", builder.value(schema("{\"enum\":[\"a\"]}")));
        Grammar grammar = builder.startingAt(builder.texts(calls));

        var matcher = new GbnfMatcher(grammar.gbnf());
        assertThat(matcher.matches("add=12")).isTrue();
        assertThat(matcher.matches("addAll=true")).isTrue();
        assertThat(matcher.matches("say=\"a\"")).isTrue();
        assertThat(matcher.matches("add=true")).isFalse();
        assertThat(matcher.matches("addAll=12")).isFalse();
    }

    @Test
    void aPartIsRepeatedAsOftenAsAllowed() throws SchemaRefused {
        var builder = new GrammarBuilder();
        String one = GrammarBuilder.literal("x");
        Grammar grammar = builder.startingAt(builder.upTo(3, one, GrammarBuilder.literal(", ")));

        var matcher = new GbnfMatcher(grammar.gbnf());
        assertThat(matcher.matches("x")).isTrue();
        assertThat(matcher.matches("x, x, x")).isTrue();
        assertThat(matcher.matches("x, x, x, x")).isFalse();
        assertThat(matcher.matches("")).isFalse();
    }

    @Test
    void aGrammarMayStandBehindAText() throws SchemaRefused {
        Grammar grammar = Grammar.of(schema("{\"type\":\"boolean\"}")).behind("é\n");

        var matcher = new GbnfMatcher(grammar.gbnf());
        assertThat(matcher.matches("é\ntrue")).isTrue();
        assertThat(matcher.matches("true")).isFalse();
    }

    @Test
    void alternativesThatCannotBeToldApartAreRefusedWhereTheyReferToThemselves() {
        String list = "{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/t\"},\"minItems\":";
        String ambiguous =
                "{\"$ref\":\"#/$defs/t\",\"$defs\":{\"t\":{\"anyOf\":[{\"type\":\"null\"},"
                        + list
                        + "1},"
                        + list
                        + "2}]}}}";

        assertThatExceptionOfType(SchemaRefused.class)
                .isThrownBy(() -> Grammar.of(schema(ambiguous)))
                .satisfies(refused -> {
                    assertThat(refused.problems().getFirst().pointer()).isEqualTo("/$defs/t");
                    assertThat(refused.getMessage()).contains("begin alike");
                });
    }

    @Test
    void ambiguityThatMultipliesByNestingIsRefused() {
        String schema = "{\"type\":\"null\"}";
        for (int i = 0; i < 8; i++) {
            schema =
                    "{\"anyOf\":[{\"type\":\"array\",\"items\":"
                            + schema
                            + "},{\"type\":\"array\",\"minItems\":1,\"items\":"
                            + schema
                            + "}]}";
        }
        String nested = schema;

        assertThatExceptionOfType(SchemaRefused.class)
                .isThrownBy(() -> Grammar.of(schema(nested)))
                .withMessageContaining("begin alike");
    }

    @Test
    void alternativesWithAMarkOfTheirOwnMayReferToThemselves() throws SchemaRefused {
        String expression =
                """
                {"$ref": "#/$defs/e", "$defs": {"e": {"anyOf": [
                  {"type": "object", "properties": {"op": {"const": "number"}, "value": {"type": "number"}},
                   "required": ["op", "value"], "additionalProperties": false},
                  {"type": "object", "properties": {"op": {"enum": ["add", "sub"]},
                     "left": {"$ref": "#/$defs/e"}, "right": {"$ref": "#/$defs/e"}},
                   "required": ["op", "left", "right"], "additionalProperties": false},
                  {"type": "object", "properties": {"negate": {"$ref": "#/$defs/e"}},
                   "required": ["negate"], "additionalProperties": false}]}}}
                """;

        var matcher = new GbnfMatcher(Grammar.of(schema(expression)).gbnf());

        assertThat(
                        matcher.matches(
                                "{\"op\":\"add\",\"left\":{\"negate\":{\"op\":\"number\",\"value\":1}},"
                                        + "\"right\":{\"op\":\"number\",\"value\":2}}"))
                .isTrue();
    }
}
