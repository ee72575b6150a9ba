package dev.tandem.runtime.wire.port;

import static dev.tandem.runtime.wire.port.Http1Client.get;
import static dev.tandem.runtime.wire.port.Http1Client.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.wire.connection.WireSettings;
import dev.tandem.runtime.wire.connection.WireSettings.Http1;
import dev.tandem.runtime.wire.connection.WireSettings.Patience;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients of HTTP/1.1 that say nothing, or not enough. */
class SlowClientsTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMinutes(1);

    private @Nullable TestServer started;

    @AfterEach
    void stop() {
        if (started != null) {
            started.close();
        }
    }

    private TestServer server(Duration head, Duration body, Duration idle) {
        WireSettings settings =
                WireSettings.defaults()
                        .with(new Http1(8192, 100, 32_768, head, body, idle))
                        .with(new Patience(LONG, LONG, LONG, 0)); // silence only, at any pace
        TestServer server = TestServer.start(settings, SlowClientsTest::routes);
        started = server;
        return server;
    }

    private static void routes(HttpRouting.Builder routing) {
        routing.get("/hi", (request, response) -> response.send("hi"))
                .get("/long", SlowClientsTest::afterAWhile)
                .post("/refuse", (request, response) -> response.status(400).send("no"))
                .post("/count", SlowClientsTest::count);
    }

    private static void afterAWhile(ServerRequest request, ServerResponse response)
            throws InterruptedException {
        assertThat(new CountDownLatch(1).await(900, TimeUnit.MILLISECONDS)).isFalse();
        response.send("long");
    }

    private static void count(ServerRequest request, ServerResponse response) {
        response.send(Integer.toString(request.content().as(byte[].class).length));
    }

    /** Reads until the server closes; returns how long that took. */
    private static Duration untilClosed(Http1Client client) throws IOException {
        long from = System.nanoTime();
        assertThat(client.atEnd()).isTrue();
        return Duration.ofNanos(System.nanoTime() - from);
    }

    @Test
    void aHeadThatDoesNotEndIs408() throws Exception {
        try (Http1Client client = new Http1Client(server(SHORT, LONG, LONG).port())) {
            client.send("GET /hi HTTP/1.1\r\nHost: x\r\nA: ");
            Http1Client.Answer answer = client.read();
            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.head()).contains("connection: close");
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void aHeadThatDripsIs408AsAWhole() throws Exception {
        try (Http1Client client = new Http1Client(server(SHORT, LONG, LONG).port())) {
            Thread drip =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    client.send("GET /hi HTTP/1.1\r\nHost: x\r\n");
                                    while (true) {
                                        client.send("A: b\r\n");
                                        Eventually.within(Duration.ofMillis(20), () -> false);
                                    }
                                } catch (IOException e) {
                                    Thread.currentThread().interrupt(); // the server has closed
                                }
                            });
            assertThat(client.read().status()).isEqualTo(408);
            drip.join();
        }
    }

    @Test
    void aBodyThatStopsIs408() throws Exception {
        try (Http1Client client = new Http1Client(server(LONG, SHORT, LONG).port())) {
            client.send("POST /count HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
            Http1Client.Answer answer = client.read();
            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.head()).contains("connection: close");
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void aBodyThatDripsArrives() throws Exception {
        try (Http1Client client = new Http1Client(server(LONG, SHORT, LONG).port())) {
            client.send("POST /count HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n");
            for (int i = 0; i < 10; i++) {
                Eventually.within(Duration.ofMillis(60), () -> false);
                client.send("a");
            }
            assertThat(client.read().body()).isEqualTo("10");
        }
    }

    @Test
    void aBodyThatNobodyReadsAndThatDoesNotComeEndsTheConnectionAfterTheAnswer() throws Exception {
        try (Http1Client client = new Http1Client(server(LONG, SHORT, LONG).port())) {
            client.send("POST /refuse HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
            assertThat(client.read().status()).isEqualTo(400);
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void betweenRequestsTheConnectionEndsWithoutAWord() throws Exception {
        try (Http1Client client = new Http1Client(server(LONG, LONG, SHORT).port())) {
            client.send(get("/hi"));
            assertThat(client.read().body()).isEqualTo("hi");
            assertThat(untilClosed(client)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void aLongAnswerIsNoIdleTime() throws Exception {
        try (Http1Client client = new Http1Client(server(SHORT, SHORT, SHORT).port())) {
            client.send(get("/long") + post("/count", "abc"));
            assertThat(client.read().body()).isEqualTo("long");
            assertThat(client.read().body()).isEqualTo("3");
        }
    }

    @Test
    void aConnectionThatSaysNothingEnds() throws Exception {
        TestServer server = server(SHORT, LONG, LONG);
        try (Http1Client client = new Http1Client(server.port())) {
            assertThat(untilClosed(client)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void anAnswerBeforeTheBodyIsReadableThoughTheClientSendsOn() throws Exception {
        try (Http1Client client = new Http1Client(server(LONG, LONG, LONG).port())) {
            client.socket.setOption(StandardSocketOptions.SO_SNDBUF, 16 * 1024);
            client.send("POST /count HTTP/1.0\r\n\r\n" + "z".repeat(3_000_000));
            assertThat(client.read().status()).isEqualTo(505);
        }
    }
}
