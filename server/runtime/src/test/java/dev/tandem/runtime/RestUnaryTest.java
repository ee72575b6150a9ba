package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("StringConcatToTextBlock") // the bytes with their line ends are the point
class RestUnaryTest extends RestTest {
    @Test
    void answersAsJsonWithItsLength() {
        HttpResponse<String> answer =
                post("/v1/say", "{\"text\":\"hi\",\"count\":9007199254740993}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"text\":\"hi\",\"count\":9007199254740993}");
        assertThat(header(answer, "content-type")).isEqualTo("application/json");
        assertThat(header(answer, "content-length")).isEqualTo("38");
        assertThat(header(answer, "x-request-id")).matches("req_[0-9a-f]{24}");
        assertThat(header(answer, "x-echo")).isEqualTo("yes");
    }

    @Test
    void theFieldChoosesWhateverAcceptSays() {
        HttpResponse<String> unary =
                send(
                        json("/v1/say", "{\"text\":\"a\",\"stream\":false}")
                                .header("accept", "text/event-stream, text/plain"));
        HttpResponse<String> stream =
                send(
                        json("/v1/say", "{\"text\":\"a\",\"stream\":true}")
                                .header("accept", "application/json"));

        assertThat(header(unary, "content-type")).isEqualTo("application/json");
        assertThat(header(stream, "content-type")).isEqualTo("text/event-stream");
    }

    @Test
    void everyMethodHasAPathInTheCanonicalProfile() {
        HttpResponse<String> answer =
                post("/tandem.test.v1.EchoService/Plain", "{\"text\":\"hi\",\"count\":\"7\"}");

        assertThat(answer.body()).isEqualTo("{\"text\":\"hi\",\"count\":\"7\"}");
    }

    @Test
    void pathAndQueryFillTheRequest() {
        HttpResponse<String> answer =
                get(
                        "/v1/shelves/a%2Fb%20c/books/x/y%2Fz?words=one&words=two+2&kind=poems"
                                + "&book.year=1999&patience=1.5s&limit=0");

        assertThat(answer.body())
                .isEqualTo(
                        "{\"request\":{\"shelf\":\"a/b c\",\"book\":{\"title\":\"x/y%2Fz\",\"year\":1999},"
                                + "\"words\":[\"one\",\"two 2\"],\"kind\":\"poems\",\"patience\":\"1.500s\","
                                + "\"limit\":0}}");
    }

    @Test
    void badParametersAreAllNamed() {
        HttpResponse<String> answer = get("/v1/books?limit=x&kind=film&nothing=1");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(withoutId(answer.body()))
                .isEqualTo(
                        "{\"error\":{\"message\":\"kind: Must be one of: prose, poems. (and 2 more)\","
                                + "\"type\":\"invalid_request_error\",\"param\":\"kind\",\"code\":\"validation_failed\","
                                + "\"details\":["
                                + "{\"field\":\"kind\",\"rule\":\"enum\",\"message\":\"Must be one of: prose, poems.\"},"
                                + "{\"field\":\"limit\",\"rule\":\"type\",\"message\":\"Must be a whole number.\"},"
                                + "{\"field\":\"nothing\",\"rule\":\"unknown_field\",\"message\":\"There is no such"
                                + " parameter.\"}],\"request_id\":\"…\"}}");
    }

    @Test
    void aBodyMayFillOneFieldAndAnAnswerBeOne() {
        HttpResponse<String> answer =
                send(
                        to("/v1/books/b1:store?replace=true")
                                .header("content-type", "application/json; charset=UTF-8")
                                .PUT(BodyPublishers.ofString("{\"title\":\"t\",\"year\":5}")));

        assertThat(answer.body()).isEqualTo("{\"title\":\"b1/t/true\",\"year\":5}");
    }

    @Test
    void pathsOfViolationsBeginWithTheBodysField() {
        HttpResponse<String> answer =
                send(
                        to("/v1/books/b1:store")
                                .header("content-type", "application/json")
                                .PUT(BodyPublishers.ofString("{\"year\":true}")));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("\"param\":\"book.year\"");
    }

    @Test
    void headAnswersLikeGetWithoutBody() {
        HttpResponse<String> get = get("/v1/books?limit=1");
        HttpResponse<String> head = send(to("/v1/books?limit=1").HEAD());

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(header(head, "content-length")).isEqualTo(header(get, "content-length"));
        assertThat(get("/v1/books").statusCode()).isEqualTo(200); // the connection is in order
    }

    @Test
    void optionsTellWhatIsAllowed() {
        HttpResponse<String> answer =
                send(to("/v1/books").method("OPTIONS", BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(header(answer, "allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    @Test
    void anotherVerbIs405() {
        HttpResponse<String> answer = send(to("/v1/say").DELETE());

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(header(answer, "allow")).isEqualTo("OPTIONS, POST");
        assertThat(answer.body()).contains("\"code\":\"method_not_allowed\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v1", "/v2/say/", "/v2/say", "/tandem.test.v1.EchoService/No"})
    void anUnknownPathIs404(String path) {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(withoutId(answer.body()))
                .isEqualTo(
                        "{\"error\":{\"message\":\"There is nothing at this path; check the URL.\","
                                + "\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"not_found\","
                                + "\"details\":[],\"request_id\":\"…\"}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/json; charset=latin1",
                "application/jsonx",
                "application/grpc"
            })
    void anotherMediaTypeIs415(String type) {
        HttpResponse<String> answer =
                send(
                        to("/v1/say")
                                .header("content-type", type)
                                .POST(BodyPublishers.ofString("{}")));

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body()).contains("\"code\":\"unsupported_media_type\"");
    }

    @Test
    void aBodyWithoutMediaTypeIs415AndNoBodyIsFine() {
        HttpResponse<String> with = send(to("/v1/say").POST(BodyPublishers.ofString("{}")));
        HttpResponse<String> without = send(to("/v1/say").POST(BodyPublishers.noBody()));

        assertThat(with.statusCode()).isEqualTo(415);
        assertThat(without.statusCode()).isEqualTo(422);
        assertThat(without.body())
                .contains(
                        "\"param\":\"text\"",
                        "\"message\":\"The request has no body; its fields are read from one. text: ");
    }

    @Test
    void whatIsNoJsonIsToldWithItsPlace() {
        HttpResponse<String> answer = post("/v1/say", "{\"text\":\n  nope}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":\"invalid_json\"").contains("line 2");
    }

    @Test
    void everyBrokenRuleIsToldWithItsPath() {
        HttpResponse<String> answer =
                post(
                        "/v1/say",
                        "{\"text\":\"\",\"parts\":[{},{\"title\":\"" + "t".repeat(21) + "\"}]}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("\"field\":\"text\",\"rule\":\"string.min_len\"")
                .contains("\"field\":\"parts[1].title\",\"rule\":\"string.max_len\"");
    }

    @Test
    void anUnknownFieldIsAnError() {
        HttpResponse<String> answer = post("/v1/say", "{\"text\":\"a\",\"txet\":\"b\"}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("\"param\":\"txet\"");
    }

    @Test
    void anErrorOfTheHandlerIsToldAsItIs() {
        HttpResponse<String> answer =
                send(
                        json("/v1/say", "{\"text\":\"a\",\"script\":\"refuse\"}")
                                .header("x-request-id", "mine-7"));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(header(answer, "x-request-id")).isEqualTo("mine-7");
        assertThat(answer.body())
                .isEqualTo(
                        "{\"error\":{\"message\":\"There is no \\\"text\\\" \u2603.\",\"type\":\"invalid_request_error\","
                                + "\"param\":\"text\",\"code\":\"model_not_found\",\"details\":[],\"request_id\":\"mine-7\"}}");
    }

    @Test
    void aLimitSaysWhenToTryAgain() {
        HttpResponse<String> answer = post("/v1/say", "{\"text\":\"a\",\"script\":\"limited\"}");

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(header(answer, "retry-after")).isEqualTo("2");
    }

    @Test
    void aDefectTellsNothing() {
        HttpResponse<String> answer = post("/v1/say", "{\"text\":\"a\",\"script\":\"crash\"}");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("\"code\":\"internal_error\"").doesNotContain("secret");
    }

    @Test
    void theCallersTimeLimitIs504() {
        HttpResponse<String> answer =
                send(
                        json("/v1/say", "{\"text\":\"a\",\"script\":\"wait\"}")
                                .header("x-request-timeout", "0.05"));

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.body()).contains("\"code\":\"deadline_exceeded\"");
    }

    @ParameterizedTest
    @CsvSource({"x", "-1", "1s", "1e3", "''", "1.0000000001"})
    void aTimeLimitThatIsNoneIs400(String limit) {
        HttpResponse<String> answer =
                send(json("/v1/say", "{\"text\":\"a\"}").header("x-request-timeout", limit));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":\"invalid_timeout\"");
    }

    @Test
    void aBodyAsLargeAsTheLimitIsTaken() {
        assertThat(post("/v1/say", padded(4 << 20)).statusCode()).isEqualTo(200);
    }

    @Test
    void aLargerBodyIs413() {
        HttpResponse<String> answer = post("/v1/say", padded((4 << 20) + 1));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("\"code\":\"request_too_large\"").contains("4194304");
    }

    @Test
    void aLargerBodyInChunksIs413() throws Exception {
        byte[] body = padded((4 << 20) + 1).getBytes(StandardCharsets.UTF_8);
        HttpRequest request =
                to("/v1/say")
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(body)))
                        .build();

        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
    }

    @Test
    void aMalformedPathOrQueryIsToldSo() {
        assertThat(withoutId(rawGet("/v1/shelves/%ff/books/x")))
                .contains("\"code\":\"invalid_path\"");
        assertThat(rawGet("/v1/books?words=%ff")).contains("\"code\":\"invalid_query\"");
    }

    private String rawGet(String path) {
        return RawHttp.exchange(
                server.port(),
                "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    }

    @Test
    void aChunkWithoutSizeIsAClearError() {
        String answer =
                RawHttp.exchange(
                        server.port(),
                        "POST /v1/say HTTP/1.1\r\nHost: localhost\r\n"
                                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400").contains("\"bad_request\"", "hexadecimal");
    }

    private static String padded(int length) {
        String begin = "{\"text\":\"a\"";
        return begin + " ".repeat(length - begin.length() - 1) + "}";
    }
}
