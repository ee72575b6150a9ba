package dev.tandem.transcoding.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import dev.tandem.test.v1.ChatRequest;
import dev.tandem.test.v1.Deep;
import dev.tandem.test.v1.Kinds;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that are not one JSON value in UTF-8. */
class MalformedTest {
    private static final Json JSON = new Json(Profile.CONTRACT);
    private static final List<Json> ANYTHING =
            Stream.of(Profile.values())
                    .map(profile -> new Json(new JsonCodecs(profile, RandomMessages.TYPES)))
                    .toList();
    private static final String DAMAGE = "{}[],:\"\\0-e. tfnu\u0080\u00ff";
    private static final String CHAT =
            """
            {"messages":[{"content":[{"type":"text","text":"a\\n\\u00e9"},{"x":[1e5,{"y":"\\""}]}],"role":"user"}],
            "tools":[{"function":{"parameters":{"a":[1.5,-0,null,true]}}}],"stop":"x","top_k":{"deep":[[{}]]}}\
            """;
    private static final Kinds KINDS = Kinds.getDefaultInstance();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "{",
                "{'int32_value':}",
                "{'int32_value':1,}",
                "{'int32_value':01}",
                "{'int32_value':+1}",
                "{'int32_value':1} {}",
                "{'int32_value':1}x",
                "{int32_value:1}",
                "{'string_value':'a",
                "{'string_value':'\t'}",
                "{'string_value':'\\x'}",
                "{'string_value':'\\u12'}",
                "{'bool_value':tru}",
                "{'bool_value':nan}",
                "{'int32s':[1,]}",
                "{'int32s':[1}",
                "{'a' 1}",
                "{/**/}",
                "{'double_value':NaN}",
                "{'double_value':.5}",
                "{'double_value':1.}",
                "{'double_value':1e}"
            })
    void areRefused(String json) {
        JsonException refused = JSON.refuse(KINDS, json);
        assertThat(refused.kind()).isEqualTo(JsonException.Kind.MALFORMED);
        assertThat(refused.violations()).isEmpty();
        assertThat(refused.getMessage())
                .hasSizeLessThan(160)
                .startsWith("Not valid JSON, line 1, column ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'int32_value': x} | 1 | 17",
                "{N  'int32_value': 1N  'bool_value': true} | 3 | 3",
                "{'int32_value':1}NN ] | 3 | 2"
            })
    void areLocated(String json, int line, int column) {
        JsonException refused = JSON.refuse(KINDS, json.replace('N', '\n'));
        assertThat(refused.line()).isEqualTo(line);
        assertThat(refused.column()).isEqualTo(column);
    }

    @Test
    void tooDeepIsToldWithItsPlace() {
        String deep = "{\"string_value\":\n  " + "[".repeat(101);

        assertThatThrownBy(() ->
                        new JsonCodecs(Profile.CONTRACT)
                                .of(dev.tandem.test.v1.Kinds.getDefaultInstance())
                                .read(deep.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .hasMessageContaining("line 2, column 103: it is nested deeper than 100 levels");
    }

    @Test
    void aByteOrderMarkIsRefused() {
        byte[] marked = "\uFEFF{}".getBytes(java.nio.charset.StandardCharsets.UTF_8);

        assertThatThrownBy(() ->
                        new JsonCodecs(Profile.CONTRACT)
                                .of(dev.tandem.test.v1.Kinds.getDefaultInstance())
                                .read(marked))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("byte order mark");
    }

    @Test
    void onlyStrictUtf8IsRead() {
        byte[][] all = {
            {'{', '"', (byte) 0xff, '"', '}'},
            bytes("{\"string_value\":\"", 0xc0, 0xaf),
            bytes("{\"string_value\":\"", 0xed, 0xa0, 0x80),
            bytes("{\"string_value\":\"", 0xf5, 0x80, 0x80, 0x80),
            "{\"int32_value\":1}".getBytes(StandardCharsets.UTF_16LE),
            "{\"int32_value\":1}".getBytes(StandardCharsets.UTF_16BE),
            "{\"int32_value\":1}".getBytes(StandardCharsets.UTF_16),
            "{}".getBytes(java.nio.charset.Charset.forName("UTF-32BE"))
        };
        for (byte[] json : all) {
            assertThat(JSON.refuse(KINDS, json)).hasMessageContaining("not UTF-8");
        }
        JsonException second = JSON.refuse(KINDS, bytes("{\n\"string_value\":\"", 0x80));
        assertThat(second.line()).isEqualTo(2);
        assertThat(second.column()).isEqualTo(17);
    }

    @Test
    void nestingEndsAtAHundred() throws Exception {
        assertThat(
                        JSON.read(
                                Deep.getDefaultInstance(),
                                "{'deep':".repeat(99) + "{}" + "}".repeat(99)))
                .isNotNull();
        assertThat(
                        JSON.refuse(
                                Deep.getDefaultInstance(),
                                "{'deep':".repeat(100) + "{}" + "}".repeat(100)))
                .hasMessageContaining("nested deeper than 100 levels");
        assertThat(JSON.refuse(Deep.getDefaultInstance(), "{'value':" + "[".repeat(100_000)))
                .hasMessageContaining("nested deeper than 100 levels");
        assertThat(
                        JSON.refuse(Deep.getDefaultInstance(), "{'unknown':" + "[".repeat(100_000))
                                .kind())
                .isEqualTo(JsonException.Kind.MALFORMED);
    }

    @Test
    void overlongNumbersAndNamesAreRefused() {
        assertThat(JSON.refuse(KINDS, "{'double_value':1" + "0".repeat(2000) + "}"))
                .hasMessageContaining("a number has more than 1000 characters");
        assertThat(JSON.refuse(KINDS, "{'" + "n".repeat(60_000) + "':1}"))
                .hasMessageContaining("a name has more than 50000 characters");
    }

    @Property(tries = 300)
    void damagedTextIsReadOrRefusedAndNothingElse(@ForAll long seed) {
        Random random = new Random(seed);
        Message type = random.nextBoolean() ? KINDS : ChatRequest.getDefaultInstance();
        String whole =
                type.equals(KINDS)
                        ? ANYTHING.getFirst().write(new RandomMessages(seed).of(KINDS))
                        : CHAT;
        byte[] json = whole.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 3; i++) {
            json[random.nextInt(json.length)] =
                    (byte) DAMAGE.charAt(random.nextInt(DAMAGE.length()));
        }
        int end = random.nextInt(4) == 0 ? random.nextInt(json.length) : json.length;
        for (Json profile : ANYTHING) {
            try {
                Message read = profile.codecs().of(type).read(json, 0, end);
                assertThat(read).isInstanceOf(type.getClass());
            } catch (JsonException refused) {
                assertThat(refused.getMessage()).isNotEmpty();
            }
        }
    }

    private static byte[] bytes(String start, int... bad) {
        byte[] head = start.getBytes(StandardCharsets.UTF_8);
        byte[] all = java.util.Arrays.copyOf(head, head.length + bad.length + 2);
        for (int i = 0; i < bad.length; i++) {
            all[head.length + i] = (byte) bad[i];
        }
        all[all.length - 2] = '"';
        all[all.length - 1] = '}';
        return all;
    }
}
