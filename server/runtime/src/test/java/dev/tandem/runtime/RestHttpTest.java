package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.RawAnswer.Version;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Policy;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** HTTP's own rules, for methods and pages, over both HTTPs. */
@SuppressWarnings("StringConcatToTextBlock") // the bytes with their line ends are the point
class RestHttpTest extends MirrorTest {
    private static final String PAGE = "<p>a page</p>";

    @Override
    ServerBuilder configured(ServerBuilder builder) {
        return builder.routes(pages ->
                pages.get("/page", (request, response) -> response.send(PAGE))
                        .get("/stream", (request, response) -> stream(response))
                        .post("/upload", (request, response) -> created(response)));
    }

    private static void created(ServerResponse response) {
        response.status(Status.CREATED_201).send();
    }

    private static void stream(ServerResponse response) {
        try (OutputStream out = response.outputStream()) {
            out.write(PAGE.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/m/show?text=x, application/json",
        "/health, application/json",
        "/page, text/plain",
        "/stream, ''"
    })
    void headIsGetWithoutItsBody(String path, String type) {
        for (Version version : Version.values()) {
            RawAnswer get = send(version, "GET", path);
            RawAnswer head = send(version, "HEAD", path);

            assertThat(head.status()).isEqualTo(200);
            assertThat(head.body()).as(version + " " + path).isEmpty();
            assertThat(head.header("content-length")).isEqualTo(String.valueOf(get.body().size()));
            assertThat(head.header("content-type"))
                    .isEqualTo(get.header("content-type"))
                    .startsWith(type);
        }
    }

    @Test
    void aConnectionIsInOrderAfterAHead() {
        String requests =
                "HEAD /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
                        + "HEAD /page HTTP/1.1\r\nHost: localhost\r\n\r\n"
                        + "GET /page HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

        String answers = RawHttp.exchange(server.port(), requests);

        assertThat(answers.split("HTTP/1.1 200")).hasSize(4);
        assertThat(answers.split(PAGE, -1)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /m/show    | GET, HEAD, OPTIONS
                    /m/one/x   | DELETE, GET, HEAD, OPTIONS
                    /m/nested  | OPTIONS, PUT
                    /health    | GET, HEAD, OPTIONS
                    /page      | GET, HEAD, OPTIONS
                    /upload    | OPTIONS, POST
                    /tandem.test.v1.MirrorService/Show | OPTIONS, POST
                    *          | DELETE, GET, HEAD, OPTIONS, PATCH, POST, PURGE, PUT
                    """)
    void optionsAndOtherMethodsTellWhatIsAllowed(String path, String allowed) {
        for (Version version : Version.values()) {
            RawAnswer options = send(version, "OPTIONS", path);
            RawAnswer other = send(version, "BREW", path);

            assertThat(options.status()).as(version + " " + path).isEqualTo(204);
            assertThat(options.header("allow")).isEqualTo(allowed);
            assertThat(options.body()).isEmpty();
            if (!path.equals("*")) {
                assertThat(other.status()).isEqualTo(405);
                assertThat(other.header("allow")).isEqualTo(allowed);
                assertThat(other.text())
                        .contains("\"code\":\"method_not_allowed\"", "This path takes " + allowed);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"/nothing", "/m", "/m/nested/a/b", "/m/one/", "/pag"})
    void nothingIsThere(String path) {
        for (Version version : Version.values()) {
            for (String method : List.of("GET", "OPTIONS", "POST")) {
                assertThat(send(version, method, path).status()).as(path).isEqualTo(404);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/m/show/, /m/show",
        "/m//show, /m/show",
        "//m/show, /m/show",
        "/m/one/x/, /m/one/x"
    })
    void aPathWithSurplusSlashesIsToldWithoutThem(String path, String instead) {
        for (Version version : Version.values()) {
            RawAnswer answer = send(version, "GET", path);

            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.text()).contains("but at " + instead + ";");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/m/one/%",
        "/m/one/%4",
        "/m/one/%zz",
        "/m/one/%ff",
        "/m/one/%c3%28",
        "/%zz",
        "/m/{x}"
    })
    void aPathThatCannotBeReadIs400(String path) {
        for (Version version : Version.values()) {
            RawAnswer answer = send(version, "GET", path);

            assertThat(answer.status()).as(version + " " + path).isEqualTo(400);
            assertThat(answer.text())
                    .contains(
                            "\"code\":\"invalid_path\"",
                            "The path cannot be read: it must be percent-encoded UTF-8.");
        }
    }

    @ParameterizedTest
    @CsvSource({"/m/show?text=%", "/m/show?text=%zz", "/m/show?%ff=x"})
    void aQueryThatCannotBeReadIs400(String path) {
        for (Version version : Version.values()) {
            RawAnswer answer = send(version, "GET", path);

            assertThat(answer.status()).as(version + " " + path).isEqualTo(400);
            assertThat(answer.text()).contains("\"code\":\"invalid_query\"");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /m/show    | application/json                       | 200
                    /m/show    | APPLICATION/*                          | 200
                    /m/show    | text/html, */*;q=0.1                   | 200
                    /m/show    | text/html, *; q=.2                     | 200
                    /m/show    | application/json;charset=utf-8         | 200
                    /m/show    | text/html                              | 406
                    /m/show    | text/event-stream                      | 406
                    /m/show    | application/json;q=0                   | 406
                    /m/show    | */*, application/json;q=0              | 406
                    /m/show    | application/*;q=0, */*                 | 406
                    /m/watch/x | application/json                       | 200
                    /m/watch/x | text/event-stream                      | 200
                    /m/watch/x | application/x-ndjson                   | 200
                    /m/watch/x | text/*                                 | 200
                    /m/watch/x | image/png                              | 406
                    /health    | image/png                              | 200
                    """)
    void acceptMustAllowWhatIsAnswered(String path, String accept, int status) {
        for (Version version : Version.values()) {
            RawAnswer answer = send(version, "GET", path, "accept", accept);

            assertThat(answer.status()).as(version + " " + accept).isEqualTo(status);
            if (status == 406) {
                assertThat(answer.text())
                        .contains("\"code\":\"not_acceptable\"", "application/json");
                assertThat(answer.header("content-type")).isEqualTo("application/json");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void linesAreChosenWhereEventsAreRefused(Version version) {
        RawAnswer answer =
                send(version, "GET", "/m/watch/x", "accept", "*/*, text/event-stream;q=0");

        assertThat(answer.header("content-type")).isEqualTo("application/x-ndjson");
    }

    @ParameterizedTest
    @CsvSource({"application/vnd.x+json", "text/json", "application/json;charset=latin1"})
    void otherTypesOfBodiesAre415(String type) {
        for (Version version : Version.values()) {
            RawAnswer answer =
                    RawAnswer.to(
                            version,
                            server.port(),
                            "PUT",
                            "/m/number",
                            "1".getBytes(StandardCharsets.UTF_8),
                            "content-type",
                            type);

            assertThat(answer.status()).isEqualTo(415);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBodyWhereNoneIsTakenIs400(Version version) {
        RawAnswer answer = sendJson(version, "GET", "/m/show", "{\"text\":\"x\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("\"code\":\"unexpected_body\"", "in the query");
    }

    @Test
    void anEmptyBodyIsNone() {
        String request =
                "GET /m/show HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n";

        assertThat(RawHttp.exchange(server.port(), request)).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost/m/one/a%2Fb, 200",
        "HTTP://LOCALHOST:8080/m/one/a%2Fb?number=1, 200",
        "http://localhost/health, 200",
        "http://localhost/nothing, 404",
        "http://localhost, 404",
        "http://localhost/m/one/%zz, 400",
        "http://evil.example/m/one/x, 403",
        "ftp://localhost/m/one/x, 400"
    })
    void aTargetMayBeAWholeUrl(String target, int status) {
        RawAnswer answer = send(Version.HTTP_1_1, "GET", target);

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        if (target.contains("a%2Fb")) {
            assertThat(answer.text()).contains("\"text\":\"a/b\"");
        }
    }

    @Test
    void http10IsToldWhatIsSpoken() {
        String answer = RawHttp.exchange(server.port(), "GET /health HTTP/1.0\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 505 ")
                .containsIgnoringCase("connection: close")
                .contains("\"code\":\"http_version_not_supported\"");
    }

    @Test
    void whatTheStatusWasIsKnownAtTheEnd() {
        List<Integer> statuses = new CopyOnWriteArrayList<>();
        try (Server watched =
                Server.builder()
                        .routes(pages ->
                                pages.post("/upload", (request, response) -> created(response)))
                        .policies(
                                List.of(
                                        new Policy() {
                                            @Override
                                            public void admit(Call call) {
                                                call.onEnd(() -> statuses.add(call.status()));
                                            }
                                        }))
                        .start()) {
            for (String method : List.of("GET", "OPTIONS", "POST")) {
                RawAnswer.to(Version.HTTP_1_1, watched.port(), method, "/upload", NOTHING);
            }
            RawAnswer.to(Version.HTTP_2, watched.port(), "GET", "/health", NOTHING);
            assertThat(watched.calls().awaitIdle(Duration.ofSeconds(20))).isTrue();
            assertThat(statuses).containsExactly(405, 204, 201, 200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
