package dev.tandem.structured.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.structured.schema.SchemaDocument;
import dev.tandem.structured.schema.SchemaLimits;
import dev.tandem.structured.schema.SchemaReader;
import dev.tandem.structured.schema.SchemaRefused;
import java.time.Duration;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Schemas that want to be expensive: each is refused, or its grammar is small and soon made. */
class HostileSchemaTest {
    /** A second of work, with room for a machine that has other things to do. */
    private static final Duration SOON = Duration.ofSeconds(3);

    private static Arguments of(String name, String schema) {
        return Arguments.of(name, schema);
    }

    private static String many(int count, IntFunction<String> one) {
        return IntStream.range(0, count).mapToObj(one).collect(Collectors.joining(","));
    }

    private static String nested(int levels, String before, String inside, String after) {
        return before.repeat(levels) + inside + after.repeat(levels);
    }

    private static String pattern(String pattern) {
        return "{\"type\":\"string\",\"pattern\":\"" + pattern.replace("\\", "\\\\") + "\"}";
    }

    static Stream<Arguments> schemas() {
        String item = "{\"type\":\"array\",\"items\":";
        return Stream.of(
                of("deep", nested(5_000, item, "{}", "}")),
                of("deep anyOf", nested(38, "{\"anyOf\":[{\"type\":\"null\"},", "{}", "]}")),
                of("long text", "{\"const\":\"" + "x".repeat(250_000) + "\"}"),
                of(
                        "large enum",
                        "{\"enum\":[" + many(1_000, i -> "\"" + "y".repeat(200) + i + "\"") + "]}"),
                of("enum of numbers", "{\"enum\":[" + many(1_000, i -> "1e" + (i % 390)) + "]}"),
                of(
                        "all optional",
                        "{\"type\":\"object\",\"properties\":{"
                                + many(
                                        500,
                                        i ->
                                                "\"p"
                                                        + i
                                                        + "\":"
                                                        + pattern("^[a-z]{1," + i % 90 + "}$"))
                                + "}}"),
                of(
                        "free keys beside long names",
                        "{\"type\":\"object\",\"additionalProperties\":{},\"properties\":{"
                                + many(400, i -> "\"" + "n".repeat(400) + i + "\":{}")
                                + "}}"),
                of("repeated repeats", pattern("^((a{100}){100}){100}$")),
                of("far choice", pattern("(a|b)*a(a|b){30}")),
                of("nested stars", pattern("^(([a-z])+.)+[A-Z]([a-z])+$")),
                of("many dots", pattern("(.*a){25}")),
                of("unicode classes", pattern("^[\\p{L}\\p{N}]{1,90}$")),
                of(
                        "many patterns",
                        "{\"allOf\":[" + many(60, i -> pattern("a.{" + i + "}b")) + "]}"),
                of(
                        "many pattern fields",
                        "{\"type\":\"object\",\"properties\":{"
                                + many(
                                        300,
                                        i ->
                                                "\"p"
                                                        + i
                                                        + "\":"
                                                        + pattern("(a|b)*a(a|b){8}c{" + i + "}"))
                                + "}}"),
                of(
                        "many alike",
                        "{\"anyOf\":["
                                + many(
                                        4_000,
                                        i -> "{\"type\":\"array\",\"minItems\":" + i % 100 + "}")
                                + "]}"),
                of(
                        "oneOf of objects",
                        "{\"oneOf\":["
                                + many(
                                        900,
                                        i ->
                                                "{\"type\":\"object\",\"properties\":{\"a\":"
                                                        + pattern("^x{1," + (1 + i % 80) + "}$")
                                                        + "}}")
                                + "]}"),
                of(
                        "allOf of anyOf",
                        "{\"allOf\":["
                                + many(
                                        12,
                                        i ->
                                                "{\"anyOf\":[{\"type\":\"integer\",\"minimum\":"
                                                        + i
                                                        + "},{\"type\":\"string\",\"maxLength\":"
                                                        + (50 + i)
                                                        + "},{\"type\":\"array\",\"maxItems\":"
                                                        + (9 + i)
                                                        + "}]}")
                                + "]}"),
                of("itself", "{\"$ref\":\"#\"}"),
                of("anyOf of itself", "{\"anyOf\":[{\"$ref\":\"#\"},{\"$ref\":\"#\"}]}"),
                of("allOf of itself", "{\"allOf\":[{\"$ref\":\"#\"},{\"type\":\"object\"}]}"),
                of(
                        "a ring of references",
                        "{\"$ref\":\"#/$defs/d0\",\"$defs\":{"
                                + many(
                                        190,
                                        i ->
                                                "\"d"
                                                        + i
                                                        + "\":{\"$ref\":\"#/$defs/d"
                                                        + (i + 1) % 190
                                                        + "\"}")
                                + "}}"),
                of(
                        "doubling definitions",
                        "{\"$ref\":\"#/$defs/d0\",\"$defs\":{"
                                + many(
                                        100,
                                        i ->
                                                "\"d"
                                                        + i
                                                        + "\":{\"type\":\"array\",\"minItems\":2,\"prefixItems\":[{\"$ref\":\"#/$defs/d"
                                                        + (i + 1)
                                                        + "\"},{\"$ref\":\"#/$defs/d"
                                                        + (i + 1)
                                                        + "\"}]}")
                                + ",\"d100\":{\"type\":\"null\"}}}"),
                of(
                        "endless",
                        "{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"#\"}},\"required\":[\"a\"]}"),
                of("many items", "{\"type\":\"array\",\"minItems\":1000000000}"),
                of("no room", "{\"type\":\"string\",\"minLength\":2147483647}"),
                of("many properties", "{\"type\":\"object\",\"minProperties\":100000000}"),
                of("large numbers", "{\"type\":\"number\",\"minimum\":-1e390,\"maximum\":1e390}"),
                of("small steps", "{\"type\":\"number\",\"multipleOf\":1e-300}"),
                of("a number beyond", "{\"type\":\"number\",\"maximum\":1e999999999}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("schemas")
    void isRefusedOrSoonMade(String name, String schema) {
        long start = System.nanoTime();
        int characters = characters(schema);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).as(name).isLessThan(SOON);
        assertThat(characters).as(name).isLessThanOrEqualTo(Grammar.MAX_CHARACTERS + 100);
    }

    /** Of the grammar; 0 where the schema is refused. */
    private static int characters(String schema) {
        try {
            SchemaDocument document = new SchemaReader(SchemaLimits.DEFAULT).read(schema);
            return Grammar.of(document).gbnf().length();
        } catch (SchemaRefused e) {
            assertThat(e.problems()).isNotEmpty();
            return 0;
        }
    }

    @Test
    void anyJsonAsASchemaIsReadOrRefused() {
        String[] keywords = {
            "type",
            "properties",
            "items",
            "anyOf",
            "allOf",
            "oneOf",
            "$ref",
            "$defs",
            "enum",
            "const",
            "minimum",
            "maxLength",
            "pattern",
            "required",
            "additionalProperties",
            "prefixItems",
            "not",
            "minItems",
            "maxItems",
            "format",
            "multipleOf",
            "x"
        };
        for (int seed = 0; seed < 3_000; seed++) {
            characters(json(new Random(seed), keywords, 4));
        }
    }

    private static String json(Random random, String[] keywords, int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 8)) {
            case 0 -> String.valueOf(random.nextInt(200) - 50);
            case 1 -> random.nextBoolean() ? "true" : "null";
            case 2 ->
                    "\""
                            + new String[] {"object", "array", "string", "#", "#/$defs/x", "^a+"}
                                    [random.nextInt(6)]
                            + "\"";
            case 3 -> "{}";
            case 4 -> "1.5e3";
            case 5 -> "[" + many(random.nextInt(4), i -> json(random, keywords, depth - 1)) + "]";
            default -> {
                int from = random.nextInt(keywords.length);
                yield "{"
                        + many(
                                random.nextInt(4),
                                i ->
                                        "\""
                                                + keywords[(from + i * 5) % keywords.length]
                                                + "\":"
                                                + json(random, keywords, depth - 1))
                        + "}";
            }
        };
    }
}
