package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.wire.connection.WireSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests that are refused before a handler sees them, over both versions of HTTP: each answer has
 * the request's id in its header and its body, and a line in the log.
 */
class RefusalsTest {
    private static final Pattern HEADER = Pattern.compile("(?i)x-request-id:? (req_[0-9a-f]+)");
    private static final Pattern BODY = Pattern.compile("\"request_id\":\"(req_[0-9a-f]+)\"");
    private static final int MOST = 2000;
    private static final String HUGE = "a".repeat(7900);

    private final AccessLines log = new AccessLines();
    private Server server;

    @BeforeEach
    void start() {
        WireSettings settings = WireSettings.defaults();
        Duration soon = Duration.ofMillis(200);
        server =
                Server.builder()
                        .service(new Echo().service())
                        .drainLimit(Duration.ZERO)
                        .maxRequestBytes(MOST)
                        .wire(
                                settings.with(new WireSettings.Patience(soon, soon, soon, 0))
                                        .with(
                                                new WireSettings.Http1(
                                                        8192, 100, 32_768, soon, soon, soon)))
                        .start();
    }

    @AfterEach
    void stop() {
        server.close();
        log.close();
    }

    /**
     * @param body what is sent of it
     * @param whole whether that is all
     */
    record Request(String method, String path, List<String> headers, String body, boolean whole) {
        static Request of(String method, String path, String... headers) {
            return new Request(method, path, List.of(headers), "", true);
        }

        Request with(String json, boolean isWhole) {
            return new Request(
                    method,
                    path,
                    Stream.concat(Stream.of("content-type", "application/json"), headers.stream())
                            .toList(),
                    json,
                    isWhole);
        }

        String overHttp1() {
            StringBuilder text = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
            text.append("host: localhost\r\n");
            for (int i = 0; i < headers.size(); i += 2) {
                text.append(headers.get(i) + ": " + headers.get(i + 1) + "\r\n");
            }
            if (!body.isEmpty()) {
                text.append("content-length: " + (body.length() + (whole ? 0 : 10)) + "\r\n");
            }
            return text + "connection: close\r\n\r\n" + body;
        }

        String overHttp2(RawHttp2 http) throws IOException {
            if (whole) {
                http.request(method, path, body.getBytes(StandardCharsets.US_ASCII), headers);
            } else {
                http.begin(method, path, headers.toArray(String[]::new));
                http.data(body.getBytes(StandardCharsets.US_ASCII), false);
            }
            return http.readAll();
        }

        @Override
        public String toString() {
            return method + " " + path.substring(0, Math.min(20, path.length()));
        }
    }

    static Stream<Arguments> both() {
        return Stream.of(
                Arguments.of(400, "invalid_path", Request.of("GET", "/v1/%zz")),
                Arguments.of(
                        400,
                        "invalid_json",
                        Request.of("POST", "/v1/say").with("{\"text\":}", true)),
                Arguments.of(
                        400,
                        "invalid_timeout",
                        Request.of("POST", "/v1/say", "x-request-timeout", "soon")
                                .with("{\"text\":\"a\"}", true)),
                Arguments.of(404, "not_found", Request.of("GET", "/nowhere")),
                Arguments.of(405, "method_not_allowed", Request.of("DELETE", "/v1/say")),
                Arguments.of(
                        406,
                        "not_acceptable",
                        Request.of("POST", "/v1/say", "accept", "image/png")
                                .with("{\"text\":\"a\"}", true)),
                Arguments.of(
                        408,
                        "request_timeout",
                        Request.of("POST", "/v1/say").with("{\"text\":", false)),
                Arguments.of(
                        413,
                        "request_too_large",
                        Request.of("POST", "/v1/say")
                                .with("{\"text\":\"" + "a".repeat(MOST) + "\"}", true)),
                Arguments.of(
                        415,
                        "unsupported_content_encoding",
                        Request.of("POST", "/v1/say", "content-encoding", "br")
                                .with("{\"text\":\"a\"}", true)));
    }

    static Stream<Arguments> overHttp1() {
        return Stream.concat(
                both(),
                Stream.of(
                        Arguments.of(414, "uri_too_long", Request.of("GET", "/" + HUGE + HUGE)),
                        Arguments.of(
                                431,
                                "headers_too_large",
                                Request.of(
                                        "GET",
                                        "/health",
                                        "x-a",
                                        HUGE.repeat(2),
                                        "x-b",
                                        HUGE.repeat(3)))));
    }

    static Stream<Arguments> overHttp2() {
        return Stream.concat(
                both(),
                Stream.of(
                        Arguments.of(
                                431,
                                "headers_too_large",
                                Request.of(
                                        "GET",
                                        "/health",
                                        "x-a",
                                        HUGE,
                                        "x-b",
                                        HUGE,
                                        "x-c",
                                        "a".repeat(440)))));
    }

    @ParameterizedTest
    @MethodSource
    void overHttp1(int status, String code, Request request) {
        String answer = RawHttp.exchange(server.port(), request.overHttp1());

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        isTold(status, code, answer, answer);
    }

    @ParameterizedTest
    @MethodSource
    void overHttp2(int status, String code, Request request) throws IOException {
        try (RawHttp2 http = new RawHttp2(server.port())) {
            String body = request.overHttp2(http);

            assertThat(http.head()).startsWith(":status " + status + "\n");
            isTold(status, code, http.head(), body);
        }
    }

    private void isTold(int status, String code, String head, String body) {
        assertThat(body).contains("\"code\":\"" + code + "\"");
        Matcher inHeader = HEADER.matcher(head);
        Matcher inBody = BODY.matcher(body);
        assertThat(inHeader.find()).as(head).isTrue();
        assertThat(inBody.find()).as(body).isTrue();
        assertThat(inHeader.group(1)).isEqualTo(inBody.group(1));
        assertThat(log.await("request_id=" + inBody.group(1)))
                .contains("status=" + status + " code=", "/" + code);
    }
}
