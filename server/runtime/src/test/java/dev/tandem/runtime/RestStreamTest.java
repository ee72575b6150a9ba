package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("StringConcatToTextBlock") // the bytes with their line ends are the point
class RestStreamTest extends RestTest {
    @Override
    ServerBuilder configured(ServerBuilder builder) {
        return super.configured(builder).heartbeat(Duration.ofMillis(200));
    }

    @Test
    void eachMessageIsAnEventAndTheMarkerFollows() {
        HttpResponse<String> answer = stream("", 2);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "content-type")).isEqualTo("text/event-stream");
        assertThat(header(answer, "cache-control")).isEqualTo("no-cache");
        assertThat(header(answer, "x-accel-buffering")).isEqualTo("no");
        assertThat(header(answer, "x-request-id")).startsWith("req_");
        assertThat(answer.body())
                .isEqualTo(
                        "data: {\"text\":\"a\",\"index\":0}\n\n"
                                + "data: {\"text\":\"a\",\"index\":1}\n\n"
                                + "data: [DONE]\n\n");
    }

    @Test
    void aStreamOfNothingIsTheMarker() {
        assertThat(stream("", 0).body()).isEqualTo("data: [DONE]\n\n");
    }

    @Test
    void linesWhereTheClientPrefersThem() {
        HttpResponse<String> answer =
                send(
                        json("/v1/say", "{\"text\":\"a\",\"stream\":true,\"count\":2}")
                                .header("accept", "application/x-ndjson"));

        assertThat(header(answer, "content-type")).isEqualTo("application/x-ndjson");
        assertThat(answer.body())
                .isEqualTo("{\"text\":\"a\",\"index\":0}\n{\"text\":\"a\",\"index\":1}\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    */*                                              | text/event-stream
                    application/x-ndjson, text/event-stream          | text/event-stream
                    application/x-ndjson, */*                        | application/x-ndjson
                    application/x-ndjson;q=0.5, text/event-stream    | text/event-stream
                    application/x-ndjson, text/event-stream;q=0.9    | application/x-ndjson
                    */*, application/x-ndjson;q=0                    | text/event-stream
                    application/json                                 | text/event-stream
                    """)
    void acceptChoosesTheForm(String accept, String type) {
        HttpResponse<String> answer =
                send(json("/v1/say", "{\"text\":\"a\",\"stream\":true}").header("accept", accept));

        assertThat(header(answer, "content-type")).isEqualTo(type);
    }

    @Test
    void getStreamsTooAndHasNoMarkerWithoutTheOption() {
        assertThat(get("/v1/watch/news?count=1").body())
                .isEqualTo("data: {\"text\":\"news\",\"index\":0}\n\n");
    }

    @Test
    void headOfAStreamIsItsHeadersOnly() {
        HttpResponse<String> answer = send(to("/v1/watch/news?count=1").HEAD());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "content-type")).isEqualTo("text/event-stream");
        assertThat(header(answer, "content-length")).isEmpty();
    }

    @Test
    void aConnectionIsInOrderAfterTheHeadOfAStream() {
        String answers =
                RawHttp.exchange(
                        server.port(),
                        "HEAD /v1/watch/news?count=1 HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                + "GET /health HTTP/1.1\r\nHost: localhost\r\n"
                                + "Connection: close\r\n\r\n");

        int end = answers.indexOf("\r\n\r\n") + 4;
        assertThat(answers.substring(0, end).toLowerCase(Locale.ROOT))
                .contains("transfer-encoding: chunked")
                .doesNotContain("content-length");
        assertThat(answers.substring(end)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void theMethodsOwnPathStreamsInTheCanonicalProfile() {
        HttpResponse<String> answer =
                post("/tandem.test.v1.EchoService/SayOn", "{\"text\":\"a\",\"count\":\"2\"}");

        assertThat(answer.body())
                .isEqualTo(
                        "data: {\"text\":\"a\"}\n\ndata: {\"text\":\"a\",\"index\":\"1\"}\n\ndata: [DONE]\n\n");
    }

    @Test
    void theUnaryMethodsOwnPathRefusesToStream() {
        HttpResponse<String> answer =
                post("/tandem.test.v1.EchoService/Say", "{\"text\":\"a\",\"stream\":true}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"param\":\"stream\"");
    }

    @Test
    void anErrorBeforeTheFirstMessageIsAPlainOne() {
        HttpResponse<String> answer = stream("refuse", 2);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(header(answer, "content-type")).isEqualTo("application/json");
        assertThat(answer.body()).startsWith("{\"error\":{");
    }

    @Test
    void aBrokenRuleIsAPlainErrorToo() {
        assertThat(post("/v1/say", "{\"stream\":true}").statusCode()).isEqualTo(422);
    }

    @Test
    void anErrorAfterTheFirstMessageIsTheLastEventAndNoMarkerFollows() {
        HttpResponse<String> answer = stream("then-refuse", 1);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(withoutId(answer.body()))
                .isEqualTo(
                        "data: {\"text\":\"a\",\"index\":0}\n\n"
                                + "data: {\"error\":{\"message\":\"There is no \\\"text\\\" \u2603.\","
                                + "\"type\":\"invalid_request_error\",\"param\":\"text\",\"code\":\"model_not_found\","
                                + "\"details\":[],\"request_id\":\"…\"}}\n\n");
    }

    @Test
    void anErrorIsTheLastLine() {
        HttpResponse<String> answer =
                send(
                        json(
                                        "/v1/say",
                                        "{\"text\":\"a\",\"stream\":true,\"count\":1,\"script\":\"then-crash\"}")
                                .header("accept", "application/x-ndjson"));

        assertThat(answer.body().lines().toList())
                .hasSize(2)
                .last()
                .asString()
                .startsWith("{\"error\":{")
                .contains("internal_error");
    }

    @Test
    void theDeadlineInMidStreamIsTheLastEvent() {
        HttpResponse<String> answer =
                send(
                        json(
                                        "/v1/say",
                                        "{\"text\":\"a\",\"stream\":true,\"count\":1,\"script\":\"then-wait\"}")
                                .header("x-request-timeout", "2"));

        assertThat(answer.body())
                .startsWith("data: {\"text\":\"a\",\"index\":0}\n\n")
                .contains("data: {\"error\":{")
                .contains("\"code\":\"deadline_exceeded\"")
                .doesNotContain("[DONE]");
    }

    @Test
    void theDeadlineBeforeTheFirstMessageIs504() {
        HttpResponse<String> answer =
                send(
                        json("/v1/say", "{\"text\":\"a\",\"stream\":true,\"script\":\"wait\"}")
                                .header("x-request-timeout", "0.05"));

        assertThat(answer.statusCode()).isEqualTo(504);
    }

    @Test
    void silenceIsBrokenByHeartbeatsWhichCommitTheHead() {
        try (RawHttp http = new RawHttp(server.port())) {
            http.send(
                    RawHttp.post(
                            "/v1/say",
                            "{\"text\":\"a\",\"stream\":true,\"count\":1,\"script\":\"pause\"}"));
            String head = http.readUntil(": ping\n\n");
            assertThat(head).startsWith("HTTP/1.1 200 OK").contains("text/event-stream");
            http.readUntil(": ping\n\n");

            echo.goOn.countDown();

            assertThat(http.readUntil("[DONE]")).contains("\"index\":0");
        }
    }

    @Test
    void theHeartbeatOfLinesIsABlankOne() {
        try (RawHttp http = new RawHttp(server.port())) {
            http.send(
                    RawHttp.post(
                                    "/v1/say",
                                    "{\"text\":\"a\",\"stream\":true,\"count\":1,\"script\":\"pause\"}")
                            .replace("\r\n\r\n", "\r\nAccept: application/x-ndjson\r\n\r\n"));
            assertThat(http.readUntil("\r\n\r\n1\r\n\n\r\n")).contains("application/x-ndjson");

            echo.goOn.countDown();

            http.readUntil("{\"text\":\"a\",\"index\":0}\n");
        }
    }

    private HttpResponse<String> stream(String script, int count) {
        return post(
                "/v1/say",
                "{\"text\":\"a\",\"stream\":true,\"count\":%d,\"script\":\"%s\"}"
                        .formatted(count, script));
    }
}
