package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.RawAnswer.Version;
import dev.tandem.runtime.policy.AccessLog;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of HTTP/1.1 that are good, in the forms that RFC 9112 allows. */
@SuppressWarnings("StringConcatToTextBlock") // the bytes with their line ends are the point
class Http1ConversationTest extends MirrorTest {
    private static final String HOST = "Host: localhost\r\n";
    private static final String LAST = HOST + "Connection: close\r\n\r\n";
    private static final String NUMBER =
            "PUT /m/number HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

    private String exchange(String request) {
        return RawHttp.exchange(server.port(), request);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\nGET /health HTTP/1.1\r\n" + LAST,
                "\r\n\r\nGET /health HTTP/1.1\r\n" + LAST,
                "GET /health? HTTP/1.1\r\n" + LAST,
                "GET /health?a[b]=c|d HTTP/1.1\r\n" + LAST,
                "GET /health HTTP/1.1\r\nA:\r\nB: \t c \t\r\n!#$%&'*+-.^_`|~: \u00e4\r\n" + LAST,
                "GET /health HTTP/1.1\r\nhOST:localhost:80\r\nCONNECTION: x, Close\r\n\r\n",
                "GET /health HTTP/1.1\r\nContent-Length: 000\r\n" + LAST,
                "GET http://localhost/health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
                "GET HTTP://LOCALHOST:1/health?a HTTP/1.1\r\nA: b\r\n" + LAST,
                "GET /health HTTP/1.1\r\nUpgrade: h2c\r\nConnection: close, Upgrade, HTTP2-Settings\r\n"
                        + "HTTP2-Settings: AAMAAABkAAQAAP__\r\nHost: localhost\r\n\r\n",
                "GET /health HTTP/1.1\r\nUpgrade: websocket\r\nConnection: close, Upgrade\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                        + "Host: localhost\r\n\r\n"
            })
    void areAnswered(String request) {
        assertThat(exchange(request))
                .startsWith("HTTP/1.1 200 ")
                .containsIgnoringCase("\r\nconnection: close\r\n");
    }

    @Test
    void aWebSocketWhereNothingIsIsNotFound() {
        assertThat(
                        exchange(
                                "GET /chat HTTP/1.1\r\nUpgrade: websocket\r\n"
                                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                        + "Sec-WebSocket-Version: 13\r\n"
                                        + HOST
                                        + "Connection: Upgrade, close\r\n\r\n"))
                .startsWith("HTTP/1.1 404 ")
                .contains("\"code\":\"not_found\"");
    }

    @Test
    void javasClientKeepsItsBodyThoughItAsksForAnUpgrade() throws Exception {
        try (HttpClient client =
                HttpClient.newHttpClient()) { // asks for h2c with its first request
            HttpRequest put =
                    HttpRequest.newBuilder(
                                    URI.create("http://localhost:" + server.port() + "/m/number"))
                            .header("content-type", "application/json")
                            .PUT(HttpRequest.BodyPublishers.ofString("42"))
                            .build();
            HttpResponse<String> response = client.send(put, HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).contains("42");
        }
    }

    @Test
    void aMethodThatNobodyKnowsIsTheRoutesAffair() {
        assertThat(exchange("BREW /health HTTP/1.1\r\n" + LAST))
                .startsWith("HTTP/1.1 405 ")
                .containsIgnoringCase("\r\nallow: GET, HEAD, OPTIONS\r\n");
        assertThat(exchange("BREW /nothing HTTP/1.1\r\n" + LAST)).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void aClientThatExpectsToContinueMay() {
        try (RawHttp http = new RawHttp(server.port())) {
            http.send(NUMBER + "Expect: 100-Continue\r\nContent-Length: 2\r\n\r\n");
            assertThat(http.readUntil("\r\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            http.send("42GET /health HTTP/1.1\r\n" + LAST);
            assertThat(http.readAll())
                    .startsWith("HTTP/1.1 200 ")
                    .contains("42", "{\"status\":\"ok\"}");
        }
    }

    @Test
    void aBodyIsNotWaitedForWhereTheClientWaitsAndIsRefused() {
        String request = NUMBER + "Expect: 100-continue\r\nContent-Length: 100001\r\n\r\n";

        assertThat(exchange(request))
                .startsWith("HTTP/1.1 413 ")
                .contains("the 100000 bytes")
                .containsIgnoringCase("\r\nconnection: close\r\n");
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrderAndTheBadOneEndsThem() {
        String answers =
                exchange(
                        NUMBER
                                + "Content-Length: 2\r\n\r\n42"
                                + NUMBER
                                + "Transfer-Encoding: chunked\r\n\r\n2\r\n43\r\n0\r\nA: b\r\n\r\n"
                                + "GET /nothing HTTP/1.1\r\n"
                                + HOST
                                + "\r\nGET /health HTTP/1.2\r\n\r\nGET /health HTTP/1.1\r\n"
                                + LAST);

        assertThat(answers.split("HTTP/1\\.1 (?=\\d)", -1))
                .satisfiesExactly(
                        none -> assertThat(none).isEmpty(),
                        first -> assertThat(first).startsWith("200 ").contains("42"),
                        second -> assertThat(second).startsWith("200 ").contains("43"),
                        third -> assertThat(third).startsWith("404 "),
                        fourth -> assertThat(fourth).startsWith("505 "));
    }

    @Test
    void nothingIsReadBehindTheLastRequest() {
        String answer =
                exchange("GET /health HTTP/1.1\r\n" + LAST + "GET /nothing HTTP/1.1\r\n" + LAST);

        assertThat(answer).startsWith("HTTP/1.1 200 ").doesNotContain("HTTP/1.1 404");
    }

    @Test
    void anAnswerBeforeTheBodyLeavesTheConnectionInOrder() {
        String answers =
                exchange(
                        "POST /nothing HTTP/1.1\r\n"
                                + HOST
                                + "Content-Length: 50000\r\n\r\n"
                                + "z".repeat(50_000)
                                + "GET /health HTTP/1.1\r\n"
                                + LAST);

        assertThat(answers).startsWith("HTTP/1.1 404 ").contains("HTTP/1.1 200 ");
    }

    @Test
    void refusedRequestsAreLinesOfTheAccessLog() throws InterruptedException {
        List<String> lines = new CopyOnWriteArrayList<>();
        Logger log = Logger.getLogger(AccessLog.class.getName());
        Filter keep =
                line -> {
                    lines.add(String.valueOf(line.getParameters()[0]).replaceAll(" ms=.*", ""));
                    return false;
                };
        Level before = log.getLevel();
        log.setLevel(Level.FINE);
        log.setFilter(keep);
        try {
            exchange("GET /a?secret HTTP/1.1\r\n\r\n");
            exchange("GET /a HTTP/1.0\r\n\r\n");
            assertThat(server.calls().awaitIdle(Duration.ofSeconds(20))).isTrue();
        } finally {
            log.setLevel(before);
            log.setFilter(null);
        }
        assertThat(lines)
                .containsExactly(
                        "call=- wire=REST verb=GET path=/a status=400"
                                + " code=INVALID_REQUEST/bad_request",
                        "call=- wire=REST verb=- path=- status=505"
                                + " code=HTTP_VERSION_NOT_SUPPORTED/http_version_not_supported");
    }

    @ParameterizedTest
    @CsvSource({
        "/m/show?text=%c0%af, invalid_query",
        "/m/show?text=%ed%a0%80, invalid_query",
        "/m/show?text=%f4%90%80%80, invalid_query",
        "/m/show?text=%e2%82, invalid_query",
        "/m/one/%c0%af, invalid_path",
        "/m/one/%ed%a0%80, invalid_path",
        "/m/one/%f4%90%80%80, invalid_path",
        "/m/one/%e2%82, invalid_path"
    })
    void whatIsNoUtf8Is400(String path, String code) {
        for (Version version : Version.values()) {
            RawAnswer answer = send(version, "GET", path);

            assertThat(answer.status()).as(version + " " + path).isEqualTo(400);
            assertThat(answer.text()).contains("\"code\":\"" + code + "\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,2", "1, 1", "", "-1", "1s"})
    void aTimeoutMustBeOne(String value) {
        for (Version version : Version.values()) {
            assertThat(send(version, "GET", "/m/show", "x-request-timeout", value).text())
                    .contains("\"code\":\"invalid_timeout\"");
        }
    }

    @Test
    void aTimeoutMustNotBeThereTwice() {
        for (Version version : Version.values()) {
            RawAnswer answer =
                    send(
                            version,
                            "GET",
                            "/m/show",
                            "x-request-timeout",
                            "1",
                            "x-request-timeout",
                            "2");

            assertThat(answer.status()).as(version.name()).isEqualTo(400);
            assertThat(answer.text()).contains("\"code\":\"invalid_timeout\"", "once");
        }
    }
}
