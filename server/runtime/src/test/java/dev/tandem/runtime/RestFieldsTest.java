package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.TextFormat;
import com.google.protobuf.TypeRegistry;
import dev.tandem.runtime.RawAnswer.Version;
import dev.tandem.test.v1.Everything;
import dev.tandem.transcoding.json.JsonCodecs;
import dev.tandem.transcoding.json.JsonException;
import dev.tandem.transcoding.json.Profile;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Where the fields of a request come from: google.api.http, over both HTTPs. */
class RestFieldsTest extends MirrorTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    GET    | /m/one/a%2Fb%20c+d;e            | text: "a/b c+d;e"
                    DELETE | /m/one/x                        | text: "x"
                    GET    | /m/one/x:sum                    | text: "x:sum"
                    GET    | /m/deep/shelves/a%2Fb/books/c/d | nested { text: "shelves/a%2Fb/books/c/d" }
                    GET    | /m/deep/shelves/a/books         | nested { text: "shelves/a/books" }
                    GET    | /m/two/-5/18446744073709551615:sum | nested { number: -5 } big: 18446744073709551615
                    GET    | /m/kinds/light_blue/1970-01-01T00:00:01Z/7/-_8 | color: COLOR_LIGHT_BLUE at { seconds: 1 } maybe { value: 7 } raw: "\\373\\377"
                    PURGE  | /m/any/thing/x                  | text: "x"
                    GET    | /m/show?text=a+b%2Bc%26&number=-1&big=3&ratio=1e3&flag=true | text: "a b+c&" number: -1 big: 3 ratio: 1000 flag: true
                    GET    | /m/show?ratio=NaN&part=-Infinity | ratio: nan part: -inf
                    GET    | /m/show?raw=%2B%2F8%3D          | raw: "\\373\\377"
                    GET    | /m/show?raw=-_8                 | raw: "\\373\\377"
                    GET    | /m/show?color=COLOR_RED&colors=red&colors=light_blue | color: COLOR_RED colors: COLOR_RED colors: COLOR_LIGHT_BLUE
                    GET    | /m/show?numbers=1&numbers=-2    | numbers: 1 numbers: -2
                    GET    | /m/show?nested.nested.text=x&nested.number=2 | nested { number: 2 nested { text: "x" } }
                    GET    | /m/show?labels[a.b]=1&labels%5Bc%5D=2 | labels { key: "a.b" value: "1" } labels { key: "c" value: "2" }
                    GET    | /m/show?at=2026-01-02T03:04:05.6%2B01:00&span=-1.5s | at { seconds: 1767319445 nanos: 600000000 } span { seconds: -1 nanos: -500000000 }
                    GET    | /m/show?mask=a.bC,d&maybe=0&limit=0 | mask { paths: "a.b_c" paths: "d" } maybe { } limit: 0
                    GET    | /m/show?word=                   | word: ""
                    GET    | /m/show?nested.count=0          | nested { count: 0 }
                    """)
    void pathsAndQueries(String method, String path, String message) throws Exception {
        for (Version version : Version.values()) {
            RawAnswer answer = send(version, method, path);

            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(read(answer.text())).as(version + " " + path).isEqualTo(message(message));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    /m/show?txet=1                 | txet       | unknown_field
                    /m/one/x?text=y                | text       | unknown_field
                    /m/deep/shelves/a/books?nested.text=y | nested.text | unknown_field
                    /m/show?word=a&count=1         | count      | oneof
                    /m/show?nested=x               | nested     | type
                    /m/show?all.text=x             | all.text   | unknown_field
                    /m/show?parts[1]=x             | parts[1]   | type
                    /m/show?struct=x               | struct     | type
                    /m/show?at.seconds=1           | at.seconds | unknown_field
                    /m/show?number=1&number=2      | number     | duplicate_key
                    /m/show?number=2147483648      | number     | range
                    /m/two/x/1:sum                 | nested.number | type
                    """)
    void parametersThatDoNotFit(String path, String field, String rule) {
        for (Version version : Version.values()) {
            RawAnswer answer = send(version, "GET", path);

            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.text())
                    .contains("{\"field\":\"" + field + "\",\"rule\":\"" + rule + "\"");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    text    | "a\\u00e9" |
                    number  | -5 |
                    big     | 18446744073709551615 |
                    ratio   | 0.25 |
                    ratio   | "NaN" |
                    flag    | true |
                    raw     | "-_8"                        | "+/8="
                    color   | "light_blue" |
                    numbers | [1,-2] |
                    numbers | [] |
                    all     | [{"text":"x"},{}]            | [{"text":"x",~,{"text":"",~]
                    labels  | {"a":"1","b.c":"2"} |
                    parts   | {"-1":{"text":"x"}}          | {"-1":{"text":"x",~}
                    nested  | {"text":"x"}                 | {"text":"x",~
                    at      | "2026-01-02T03:04:05Z" |
                    span    | "1.500s" |
                    mask    | "aB,c" |
                    maybe   | 7 |
                    maybe   | null                         | 0
                    limit   | 0 |
                    struct  | {"a":[1,null,{"b":true}]} |
                    value   | null |
                    value   | [1,"x"] |
                    list    | ["x",[]] |
                    any     | {"@type":"type.googleapis.com/google.protobuf.Duration","value":"1s"} |
                    number  | null                         | 0
                    """)
    void bodiesAndAnswersThatAreOneField(String field, String sent, String expected) {
        for (Version version : Version.values()) {
            RawAnswer answer = sendJson(version, "PUT", "/m/" + field, sent);

            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            if (expected == null) {
                assertThat(read("{\"" + field + "\":" + answer.text() + "}"))
                        .isEqualTo(read("{\"" + field + "\":" + sent + "}"));
            } else if (expected.contains("~")) {
                assertThat(answer.text()).startsWith(expected.substring(0, expected.indexOf('~')));
            } else {
                assertThat(answer.text()).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    number  | "x"             | number
                    numbers | [1,"x"]         | numbers[1]
                    numbers | {}              | numbers
                    labels  | {"a":1}         | labels["a"]
                    parts   | {"1":{"text":1}} | parts["1"].text
                    all     | [{"nested":{"flag":1}}] | all[0].nested.flag
                    nested  | {"nope":1}      | nested.nope
                    color   | "green"         | color
                    raw     | "%"             | raw
                    """)
    void violationsInABodyBeginWithItsField(String field, String sent, String path) {
        for (Version version : Version.values()) {
            RawAnswer answer = sendJson(version, "PUT", "/m/" + field, sent);

            assertThat(answer.status()).as(answer.text()).isEqualTo(422);
            assertThat(answer.text())
                    .contains("\"details\":[{\"field\":\"" + path.replace("\"", "\\\"") + "\"");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theOtherFieldsStandInTheQuery(Version version) throws Exception {
        RawAnswer patched =
                sendJson(
                        version, "PATCH", "/m/nested/x?number=3", "{\"text\":\"y\",\"flag\":true}");
        RawAnswer refused = sendJson(version, "PATCH", "/m/nested/x?nested.flag=true", "{}");

        assertThat(read(patched.text()))
                .isEqualTo(message("nested { text: \"x\" flag: true } number: 3"));
        assertThat(refused.text()).contains("\"field\":\"nested.flag\",\"rule\":\"unknown_field\"");
    }

    @ParameterizedTest
    @EnumSource
    void aWholeBodyLeavesTheQueryNothing(Version version) throws Exception {
        RawAnswer whole = sendJson(version, "PUT", "/m/whole/x", "{\"text\":\"y\",\"number\":1}");
        RawAnswer refused = sendJson(version, "PUT", "/m/whole/x?number=2", "{}");

        assertThat(read(whole.text())).isEqualTo(message("text: \"x\" number: 1"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text())
                .contains("This path takes no query parameters; send the field in the JSON body.");
    }

    @ParameterizedTest
    @EnumSource
    void aStreamOfOneField(Version version) {
        assertThat(send(version, "GET", "/m/watch/x?numbers=1").text())
                .isEqualTo("data: [1]\n\ndata: [1,7]\n\n");
    }

    @Test
    void aBodyThatIsNoJsonIsToldWithItsPlace() {
        assertThat(sendJson(Version.HTTP_1_1, "PUT", "/m/numbers", "[1,\n x]").text())
                .contains("\"code\":\"invalid_json\"", "line 2, column 2");
        assertThat(sendJson(Version.HTTP_1_1, "PUT", "/m/numbers", "[1] 2").text())
                .contains("\"code\":\"invalid_json\"");
    }

    private static Everything message(String text) throws TextFormat.ParseException {
        return TextFormat.parse(text, Everything.class);
    }

    private static Everything read(String json) {
        try {
            return (Everything)
                    new JsonCodecs(
                                    Profile.CONTRACT,
                                    TypeRegistry.newBuilder().add(Duration.getDescriptor()).build())
                            .of(Everything.getDefaultInstance())
                            .read(json.getBytes(StandardCharsets.UTF_8));
        } catch (JsonException e) {
            throw new AssertionError(json, e);
        }
    }
}
