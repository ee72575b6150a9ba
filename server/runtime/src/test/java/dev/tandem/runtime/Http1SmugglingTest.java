package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests whose bodies look like requests: they are never answered as such, whether the path reads
 * a body or not, whether it comes before the answer or after it, and the request behind it is.
 */
class Http1SmugglingTest extends MirrorTest {
    private static final String HOST = "Host: localhost\r\n";
    private static final String INNER = "GET /nothing/smuggled HTTP/1.1\r\n" + HOST + "\r\n";
    private static final String LAST =
            "GET /ready HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n";
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})");

    /** Requests that nobody reads a body of, and how they are answered. */
    private static final List<Arguments> LINES =
            List.of(
                    Arguments.of("GET /health", 200),
                    Arguments.of("HEAD /health", 200),
                    Arguments.of("OPTIONS /health", 204),
                    Arguments.of("OPTIONS *", 204),
                    Arguments.of("POST /health", 405),
                    Arguments.of("DELETE /health", 405),
                    Arguments.of("TRACE /health", 405),
                    Arguments.of("BREW /health", 405),
                    Arguments.of("GET /docs", 200),
                    Arguments.of("GET /nothing", 404),
                    Arguments.of("DELETE /nothing", 404),
                    Arguments.of("TRACE /nothing", 404),
                    Arguments.of("DELETE /m/number", 405),
                    Arguments.of("TRACE /m/number", 405),
                    Arguments.of("OPTIONS /m/number", 204));

    /** Requests that are read whole first. */
    private static Stream<Arguments> all() {
        return Stream.concat(
                LINES.stream(),
                Stream.of(
                        Arguments.of("GET /m/show", 400),
                        Arguments.of("HEAD /m/show", 400),
                        Arguments.of("PUT /m/number", 415)));
    }

    private static List<Integer> statuses(String answers) {
        return STATUS.matcher(answers)
                .results()
                .map((MatchResult found) -> Integer.valueOf(found.group(1)))
                .toList();
    }

    private static String head(String line, String more) {
        return line + " HTTP/1.1\r\n" + HOST + more + "\r\n\r\n";
    }

    private static String withLength(String line) {
        return head(line, "Content-Length: " + INNER.length());
    }

    private static String inChunks(String line) {
        return head(line, "Transfer-Encoding: chunked");
    }

    private static String chunks() {
        return Integer.toHexString(INNER.length()) + "\r\n" + INNER + "\r\n0\r\n\r\n";
    }

    @ParameterizedTest
    @MethodSource("all")
    void aBodyOfAnyMethodIsNoRequest(String line, int status) {
        String answers =
                RawHttp.exchange(
                        server.port(), withLength(line) + INNER + inChunks(line) + chunks() + LAST);

        assertThat(statuses(answers)).as(answers).containsExactly(status, status, 200);
    }

    @ParameterizedTest
    @FieldSource("LINES")
    void aBodyThatComesBehindTheAnswerIsNoRequest(String line, int status) {
        try (RawHttp http = new RawHttp(server.port())) {
            http.send(withLength(line));
            String first = http.readUntil("\r\n\r\n");
            http.send(INNER + inChunks(line));
            String second = http.readUntil("HTTP/1.1 " + status);
            http.send(chunks() + LAST);
            String answers = first + second + http.readAll();

            assertThat(statuses(answers)).as(answers).containsExactly(status, status, 200);
        }
    }

    @Test
    void whoWasToldToCloseIsNotReadAnyMore() {
        try (RawHttp http = new RawHttp(server.port())) {
            http.send(head("POST /nothing", "Connection: close\r\nContent-Length: 5"));
            String first = http.readUntil("\r\n\r\n");
            http.send(INNER + INNER + LAST);
            String answers = first + http.readAll();

            assertThat(statuses(answers)).as(answers).containsExactly(404);
        }
    }

    /** It may send its body or the next request: nobody can know which. */
    @ParameterizedTest
    @FieldSource("LINES")
    void whoWaitsToContinueAndIsAnsweredAtOnceHasNoOtherRequest(String line, int status) {
        try (RawHttp http = new RawHttp(server.port())) {
            http.send(head(line, "Expect: 100-continue\r\nContent-Length: " + INNER.length()));
            String first = http.readUntil("\r\n\r\n");
            http.send(INNER + LAST);
            String answers = first + http.readAll();

            assertThat(statuses(answers)).as(answers).containsExactly(status);
            assertThat(answers).containsIgnoringCase("\r\nconnection: close\r\n");
        }
    }

    @Test
    void whoExpectsToContinueInChunksMay() {
        try (RawHttp http = new RawHttp(server.port())) {
            http.send(
                    head(
                            "PUT /m/number",
                            "Content-Type: application/json\r\nExpect: 100-continue\r\n"
                                    + "Transfer-Encoding: chunked"));
            assertThat(http.readUntil("\r\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            http.send("2\r\n42\r\n0\r\n\r\n" + LAST);

            assertThat(statuses(http.readAll())).containsExactly(200, 200);
        }
    }
}
