package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.CancelCause;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Clients that leave, read slowly or send nonsense, over HTTP/1.1 by hand. */
@SuppressWarnings("StringConcatToTextBlock") // the bytes with their line ends are the point
class RestLeaveTest extends RestTest {
    private static final long PATIENCE = 20;

    @Test
    void aUnaryCallEndsWhenItsClientLeaves() throws Exception {
        try (RawHttp http = new RawHttp(server.port())) {
            http.send(RawHttp.post("/v1/say", "{\"text\":\"a\",\"script\":\"wait\"}"));
            awaitCall();
        }
        awaitEnd(CancelCause.CLIENT_LEFT);
    }

    @Test
    void aStreamEndsWhenItsClientLeavesBeforeTheFirstMessage() throws Exception {
        try (RawHttp http = new RawHttp(server.port())) {
            http.send(
                    RawHttp.post(
                            "/v1/say", "{\"text\":\"a\",\"stream\":true,\"script\":\"wait\"}"));
            awaitCall();
        }
        awaitEnd(CancelCause.CLIENT_LEFT);
    }

    @Test
    void aStreamEndsWhenItsClientLeavesInTheMiddle() throws Exception {
        try (RawHttp http = new RawHttp(server.port())) {
            http.send(
                    RawHttp.post(
                            "/v1/say",
                            "{\"text\":\"a\",\"stream\":true,\"count\":1,\"script\":\"then-wait\"}"));
            http.readUntil("\"index\":0");
            awaitCall();
        }
        awaitEnd(CancelCause.CLIENT_LEFT);
    }

    @Test
    void aClientThatDoesNotReadStopsTheSenderAndLeavingEndsIt() throws Exception {
        try (RawHttp http = new RawHttp(server.port(), 64 * 1024)) {
            http.send(
                    RawHttp.post(
                            "/v1/say", "{\"text\":\"a\",\"stream\":true,\"script\":\"flood\"}"));
            awaitCall();
            long stopped = awaitStandstill();
            // 10 kB each: what the sockets' buffers took, far from what a sender makes in this time
            assertThat(stopped).isLessThan(2000);
        }
        awaitEnd(CancelCause.CLIENT_LEFT);
    }

    @Test
    void theDeadlineFreesASenderWhoseClientDoesNotRead() throws Exception {
        try (RawHttp http = new RawHttp(server.port(), 64 * 1024)) {
            http.send(
                    RawHttp.post("/v1/say", "{\"text\":\"a\",\"stream\":true,\"script\":\"flood\"}")
                            .replace("\r\n\r\n", "\r\nx-request-timeout: 0.5\r\n\r\n"));
            awaitEnd(CancelCause.DEADLINE);
        }
    }

    @Test
    void theDeadlineFreesAUnaryAnswerWhoseClientDoesNotRead() throws Exception {
        try (RawHttp http = new RawHttp(server.port(), 64 * 1024)) {
            http.send(
                    RawHttp.post("/v1/say", "{\"text\":\"a\",\"script\":\"large\"}")
                            .replace("\r\n\r\n", "\r\nx-request-timeout: 2\r\n\r\n"));
            http.readUntil("HTTP/1.1 200");
            assertThat(server.calls().awaitIdle(Duration.ofSeconds(PATIENCE))).isTrue();
        }
    }

    @Test
    void anotherRequestFollowsOnTheSameConnection() {
        try (RawHttp http = new RawHttp(server.port())) {
            for (int i = 0; i < 3; i++) {
                http.send(RawHttp.post("/v1/say", "{\"text\":\"" + i + "\"}"));
                http.readUntil("{\"text\":\"" + i + "\",\"count\":0}");
                http.send(
                        RawHttp.post(
                                "/v1/say", "{\"text\":\"" + i + "\",\"stream\":true,\"count\":1}"));
                http.readUntil("[DONE]\n\n\r\n0\r\n\r\n");
                http.send(RawHttp.post("/v1/none", "{\"text\":\"" + i + "\"}"));
                http.readUntil("\"request_id\"");
                http.readUntil("}}");
            }
        }
    }

    @Test
    void aLengthFarAboveTheLimitIsRefusedAtOnce() {
        String answer =
                RawHttp.exchange(
                        server.port(),
                        "POST /v1/say HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                + "Content-Length: 999999999999\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413").contains("\"code\":\"request_too_large\"");
    }

    @Test
    void aChunkOfAClaimedGigabyteIsRefusedUnread() {
        String answer =
                RawHttp.exchange(
                        server.port(),
                        "POST /v1/say HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                + "Transfer-Encoding: chunked\r\n\r\n40000000\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413").contains("\"code\":\"request_too_large\"");
    }

    @Test
    void aClientThatExpectsToContinueIsRefusedWithoutItsBody() {
        String answer =
                RawHttp.exchange(
                        server.port(),
                        "POST /v1/say HTTP/1.1\r\nHost: evil.example\r\nContent-Type: application/json\r\n"
                                + "Expect: 100-continue\r\nContent-Length: 10\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 403").contains("host_not_allowed");
    }

    @Test
    void whatIsNoHttpGetsTheOneErrorForm() {
        for (String nonsense :
                new String[] {
                    "GET /v1/books HTTP/1.1\r\n\r\n",
                    "GET /v1/books HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                    "POST /v1/say HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
                    "POST /v1/say HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n",
                    "GET /v1/books HTTP/1.1\r\nHost: localhost\r\nbad header\r\n\r\n",
                }) {
            assertThat(RawHttp.exchange(server.port(), nonsense))
                    .as(nonsense)
                    .startsWith("HTTP/1.1 400")
                    .contains("{\"error\":{\"message\":")
                    .contains("\"request_id\":\"req_");
        }
    }

    @Test
    void aBodyThatIsCutOffEndsTheCallWithoutAHandler() throws Exception {
        try (RawHttp http = new RawHttp(server.port())) {
            http.send(
                    "POST /v1/say HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 100\r\n\r\n{\"text\":");
            awaitInFlight(1);
        }
        assertThat(server.calls().awaitIdle(Duration.ofSeconds(PATIENCE))).isTrue();
        assertThat(echo.waiting).isEmpty();
    }

    @Test
    void theDeadlineEndsTheWaitForABodyThatDoesNotCome() throws Exception {
        try (RawHttp http = new RawHttp(server.port())) {
            http.send(
                    "POST /v1/say HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "x-request-timeout: 0.3\r\nContent-Length: 100\r\n\r\n{\"text\":");
            awaitInFlight(1);
            assertThat(server.calls().awaitIdle(Duration.ofSeconds(PATIENCE))).isTrue();
        }
    }

    private void awaitCall() throws InterruptedException {
        Call call = echo.waiting.poll(PATIENCE, TimeUnit.SECONDS);
        assertThat(call).isNotNull();
    }

    private void awaitEnd(CancelCause cause) throws InterruptedException {
        assertThat(echo.ended.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo(cause);
        assertThat(server.calls().awaitIdle(Duration.ofSeconds(PATIENCE))).isTrue();
    }

    private void awaitInFlight(int calls) {
        while (server.calls().inFlight() != calls) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** Waits until a flood has sent nothing for half a second; returns what it had sent. */
    private long awaitStandstill() {
        long seen = -1;
        long since = System.nanoTime();
        while (System.nanoTime() - since < TimeUnit.MILLISECONDS.toNanos(500)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            if (echo.flooded.get() != seen) {
                seen = echo.flooded.get();
                since = System.nanoTime();
            }
        }
        return seen;
    }
}
