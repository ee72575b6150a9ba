package dev.tandem.llamacpp.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.llamacpp.natives.NativeGrammar;
import dev.tandem.llamacpp.natives.NativeModel;
import dev.tandem.structured.check.SchemaCheck;
import dev.tandem.structured.grammar.Grammar;
import dev.tandem.structured.json.JsonReader;
import dev.tandem.structured.schema.SchemaLimits;
import dev.tandem.structured.schema.SchemaReader;
import dev.tandem.structured.schema.SchemaRefused;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random walks through grammars with the real vocabulary, as a model of no sense would take. */
class GrammarWalkTest {
    private static final int MOST_TOKENS = 150;
    private static final Duration SOON = Duration.ofSeconds(3);
    private static final JsonReader JSON = new JsonReader(1_000_000, 200);

    private static NativeModel model;
    private static Vocabulary vocabulary;

    @BeforeAll
    static void load() {
        model = NativeModel.load(RealModel.library(), RealModel.file(), 0);
        vocabulary = Vocabulary.copyOf(model.vocabulary());
    }

    @AfterAll
    static void close() {
        if (model != null) {
            model.close();
        }
    }

    private static FormFilter filter(String schema) throws SchemaRefused {
        Grammar grammar = Grammar.of(new SchemaReader(SchemaLimits.DEFAULT).read(schema));
        return new FormFilter(
                AnswerForm.of(grammar),
                vocabulary,
                gbnf -> new GrammarFilter(NativeGrammar.start(model.vocabulary(), gbnf)));
    }

    /** The text of random tokens that the grammar allows; null where it did not end. */
    private static @Nullable String walk(FormFilter filter, Random random) {
        var text = new ByteArrayOutputStream();
        float[] logits = new float[vocabulary.size()];
        for (int i = 0; i < MOST_TOKENS; i++) {
            Arrays.fill(logits, 0);
            filter.filter(logits);
            int[] allowed = allowed(logits);
            assertThat(allowed).as(text.toString(StandardCharsets.UTF_8)).isNotEmpty();
            int token = allowed[random.nextInt(allowed.length)];
            for (int other : allowed) {
                boolean closes = Arrays.equals(vocabulary.allBytes(other), new byte[] {'"'});
                if (vocabulary.isEnd(other) || (closes && random.nextInt(3) == 0)) {
                    token = other;
                }
            }
            assertThat(filter.allows(token)).isTrue();
            filter.accept(token);
            if (vocabulary.isEnd(token)) {
                return text.toString(StandardCharsets.UTF_8);
            }
            text.writeBytes(vocabulary.textBytes(token, AnswerForm.TEXT));
        }
        return null;
    }

    private static int[] allowed(float[] logits) {
        int[] tokens = new int[logits.length];
        int count = 0;
        for (int token = 0; token < logits.length; token++) {
            if (logits[token] == 0) {
                tokens[count++] = token;
            }
        }
        return Arrays.copyOf(tokens, count);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"integer\",\"minimum\":-7,\"maximum\":1234,\"multipleOf\":3}",
                "{\"type\":\"number\",\"exclusiveMinimum\":0.5,\"maximum\":99.25}",
                "{\"type\":\"string\",\"minLength\":2,\"maxLength\":9}",
                "{\"type\":\"string\",\"pattern\":\"^[A-Z]{2,3}-\\\\d+$\"}",
                "{\"type\":\"string\",\"format\":\"date-time\"}",
                "{\"type\":\"string\",\"format\":\"email\"}",
                "{\"enum\":[1,null,\"a\\\"b\",[1,2],{\"x\":1},2.5,\"<|im_start|>\"]}",
                "{\"type\":\"array\",\"items\":{\"type\":\"boolean\"},\"minItems\":1,\"maxItems\":4}",
                "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"maxLength\":5},\"b\":{\"type\":\"integer\"},"
                        + "\"é\":{\"enum\":[\"中\",\"😀\"]}},\"required\":[\"a\"],\"additionalProperties\":false}",
                "{\"anyOf\":[{\"type\":\"null\"},{\"type\":\"array\",\"items\":{\"$ref\":\"#\"},\"maxItems\":2}]}"
            })
    void whateverIsDrawnFitsTheSchema(String schema) throws SchemaRefused {
        SchemaCheck check = SchemaCheck.of(JSON.read(schema));
        int ended = 0;
        for (int seed = 0; seed < 6; seed++) {
            try (FormFilter filter = filter(schema)) {
                String text = walk(filter, new Random(seed));
                if (text != null) {
                    ended++;
                    assertThat(check.violations(text)).as(text).isEmpty();
                }
            }
        }
        assertThat(ended).isPositive();
    }

    @Test
    void aGrammarOfManyAlternativesAnswersInTime() throws SchemaRefused {
        var union = new StringBuilder("{\"anyOf\":[");
        for (int i = 0; i < 40; i++) {
            union.append(i == 0 ? "" : ",")
                    .append("{\"type\":\"object\",\"properties\":{\"kind\":{\"const\":\"k")
                    .append(i)
                    .append(
                            "\"},\"v\":{\"type\":\"array\",\"items\":{\"type\":\"string\",\"maxLength\":300}}},")
                    .append("\"required\":[\"kind\",\"v\"],\"additionalProperties\":false}");
        }
        var names = new StringBuilder("{\"type\":\"object\",\"properties\":{\"x\":{\"enum\":[1");
        for (int i = 0; i < 999; i++) {
            names.append(",\"name number ").append(i * 7919 % 1000).append(" of many\"");
        }
        var lists = new StringBuilder("{\"anyOf\":[");
        for (int i = 0; i < 40; i++) {
            lists.append(i == 0 ? "" : ",")
                    .append("{\"type\":\"array\",\"minItems\":")
                    .append(i)
                    .append(",\"items\":{\"type\":\"string\"}}");
        }
        for (String schema : new String[] {union + "]}", names + "]}}}", lists + "]}"}) {
            long start = System.nanoTime();
            try (FormFilter filter = filter(schema)) {
                long began = System.nanoTime();
                walk(filter, new Random(1));
                long ended = System.nanoTime();
                assertThat(Duration.ofNanos(began - start)).isLessThan(SOON);
                assertThat(Duration.ofNanos(ended - began)).isLessThan(SOON.multipliedBy(10));
            }
        }
    }

    @Test
    void theLargestGrammarStartsInTime() {
        var rules = new StringBuilder("root ::= r0\n");
        for (int i = 0; i < 19_999; i++) {
            rules.append("r")
                    .append(i)
                    .append(" ::= [a-z] r")
                    .append(i + 1)
                    .append(" | \"")
                    .append("x".repeat(70))
                    .append("\"\n");
        }
        rules.append("r19999 ::= \"e\"\n");
        long start = System.nanoTime();
        NativeGrammar.start(model.vocabulary(), rules.toString()).close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
    }
}
