package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.call.CancelCause;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The REST wire over HTTP/2. */
@SuppressWarnings("StringConcatToTextBlock") // the bytes with their line ends are the point
class RestHttp2Test extends RestTest {
    private static final long PATIENCE = 20;

    @Override
    ServerBuilder configured(ServerBuilder builder) {
        return super.configured(builder).heartbeat(Duration.ofMillis(200)).maxRequestBytes(1000);
    }

    @Test
    void aUnaryAnswer() throws Exception {
        try (RawHttp2 http = new RawHttp2(server.port())) {
            http.request("POST", "/v1/say", "{\"text\":\"hi\"}", "x-request-id", "mine");

            assertThat(http.readAll()).isEqualTo("{\"text\":\"hi\",\"count\":0}");
            assertThat(http.head())
                    .startsWith(":status 200")
                    .contains("content-length 23")
                    .contains("x-request-id mine")
                    .contains("content-type application/json");
        }
    }

    @Test
    void aStream() throws Exception {
        try (RawHttp2 http = new RawHttp2(server.port())) {
            http.request("POST", "/v1/say", "{\"text\":\"hi\",\"stream\":true,\"count\":2}");

            assertThat(http.readAll())
                    .isEqualTo(
                            "data: {\"text\":\"hi\",\"index\":0}\n\ndata: {\"text\":\"hi\",\"index\":1}\n\n"
                                    + "data: [DONE]\n\n");
            assertThat(http.head()).contains("content-type text/event-stream");
        }
    }

    @Test
    void aHeadHasNoBody() throws Exception {
        try (RawHttp2 http = new RawHttp2(server.port())) {
            http.request("HEAD", "/v1/books", "");

            assertThat(http.readAll()).isEmpty();
            assertThat(http.head()).startsWith(":status 200").contains("content-length ");
        }
    }

    @Test
    void aHeadOfAStreamHasNoLength() throws Exception {
        try (RawHttp2 http = new RawHttp2(server.port())) {
            http.request("HEAD", "/v1/watch/a?count=2", "");
            assertThat(http.readAll()).isEmpty();
            assertThat(http.head())
                    .startsWith(":status 200\n")
                    .contains("content-type text/event-stream")
                    .doesNotContain("content-length");
        }
    }

    @Test
    void errorsHaveTheOneForm() throws Exception {
        try (RawHttp2 http = new RawHttp2(server.port())) {
            http.request("DELETE", "/v1/say", "");
            assertThat(http.readAll()).contains("\"code\":\"method_not_allowed\"");
            assertThat(http.head()).startsWith(":status 405").contains("allow OPTIONS, POST");
        }
        try (RawHttp2 http = new RawHttp2(server.port())) {
            http.request("POST", "/v1/say", "{\"text\":\"" + "x".repeat(2000) + "\"}");
            assertThat(http.readAll()).contains("\"code\":\"request_too_large\"");
            assertThat(http.head()).startsWith(":status 413");
        }
        try (RawHttp2 http = new RawHttp2(server.port())) {
            http.request("POST", "/v1/say", "{}", "origin", "https://evil.example");
            assertThat(http.readAll()).contains("\"code\":\"origin_not_allowed\"");
        }
    }

    @Test
    void anErrorInMidStreamIsTheLastEvent() throws Exception {
        try (RawHttp2 http = new RawHttp2(server.port())) {
            http.request(
                    "POST",
                    "/v1/say",
                    "{\"text\":\"a\",\"stream\":true,\"count\":1,\"script\":\"then-refuse\"}");

            assertThat(http.readAll())
                    .startsWith("data: {\"text\":\"a\",\"index\":0}\n\ndata: {\"error\":{")
                    .endsWith("}}\n\n");
        }
    }

    @Test
    void heartbeatsBreakTheSilence() throws Exception {
        try (RawHttp2 http = new RawHttp2(server.port())) {
            http.request(
                    "POST",
                    "/v1/say",
                    "{\"text\":\"a\",\"stream\":true,\"count\":1,\"script\":\"pause\"}");
            http.readUntil(": ping\n\n: ping\n\n");

            echo.goOn.countDown();

            assertThat(http.readAll())
                    .endsWith("data: {\"text\":\"a\",\"index\":0}\n\ndata: [DONE]\n\n");
        }
    }

    @Test
    void theDeadlineIsTheLastEventAndBeforeTheFirst504() throws Exception {
        String script = "{\"text\":\"a\",\"stream\":true,\"count\":1,\"script\":\"%s\"}";
        try (RawHttp2 http = new RawHttp2(server.port())) {
            http.request(
                    "POST", "/v1/say", script.formatted("then-wait"), "x-request-timeout", "2");
            assertThat(http.readAll()).contains("\"code\":\"deadline_exceeded\"");
            assertThat(http.head()).startsWith(":status 200");
        }
        try (RawHttp2 http = new RawHttp2(server.port())) {
            http.request("POST", "/v1/say", script.formatted("wait"), "x-request-timeout", "0.1");
            http.readAll();
            assertThat(http.head()).startsWith(":status 504");
        }
    }

    @Test
    void aCallEndsWhenItsClientResetsTheStream() throws Exception {
        for (String script : new String[] {"wait", "then-wait", "flood"}) {
            try (RawHttp2 http = new RawHttp2(server.port())) {
                http.request(
                        "POST",
                        "/v1/say",
                        "{\"text\":\"a\",\"stream\":true,\"count\":1,\"script\":\""
                                + script
                                + "\"}");
                assertThat(echo.waiting.poll(PATIENCE, TimeUnit.SECONDS)).isNotNull();

                http.reset();

                awaitLeft();
            }
        }
    }

    @Test
    void theDeadlineFreesASenderWhoseClientDoesNotRead() throws Exception {
        try (RawHttp2 http = new RawHttp2(server.port())) {
            http.request(
                    "POST",
                    "/v1/say",
                    "{\"text\":\"a\",\"stream\":true,\"script\":\"flood\"}",
                    "x-request-timeout",
                    "0.5");

            assertThat(echo.ended.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo(CancelCause.DEADLINE);
            assertThat(server.calls().awaitIdle(Duration.ofSeconds(PATIENCE))).isTrue();
        }
    }

    @Test
    void aUnaryCallEndsWhenItsConnectionDoes() throws Exception {
        try (RawHttp2 http = new RawHttp2(server.port())) {
            http.request("POST", "/v1/say", "{\"text\":\"a\",\"script\":\"wait\"}");
            assertThat(echo.waiting.poll(PATIENCE, TimeUnit.SECONDS)).isNotNull();
        }
        awaitLeft();
    }

    private void awaitLeft() throws InterruptedException {
        assertThat(echo.ended.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo(CancelCause.CLIENT_LEFT);
        assertThat(server.calls().awaitIdle(Duration.ofSeconds(PATIENCE))).isTrue();
    }
}
