package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.Policy;
import dev.tandem.runtime.tls.ClientAuth;
import dev.tandem.runtime.tls.TestKeys;
import dev.tandem.runtime.tls.TlsSettings;
import dev.tandem.testtools.Chromium;
import dev.tandem.testtools.WatchedPage;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WebSockets over TLS, and from clients that show certificates. */
class WebSocketTlsTest {
    private static final long PATIENCE = 20;
    private static final TestKeys KEYS = TestKeys.made();
    private static final String TALK = "/v1/rooms/blue/talk";
    private static final String NOBODY = "nobody";

    private final Talk talk = new Talk();

    /** Whose certificate each call came with. */
    private final BlockingQueue<String> callers = new LinkedBlockingQueue<>();

    @SuppressWarnings("NullAway.Init") // by start(), which each test calls first
    private Server server;

    private final class Callers implements Policy {
        @Override
        public void admit(Call call) {
            X509Certificate shown = call.head().peerCertificate();
            callers.add(shown == null ? NOBODY : shown.getSubjectX500Principal().getName());
        }
    }

    private void start(TlsSettings tls) {
        server =
                Server.builder()
                        .service(talk.service())
                        .policies(List.of(new Callers()))
                        .heartbeat(Duration.ofMillis(200))
                        .drainLimit(Duration.ZERO)
                        .tls(tls)
                        .start();
    }

    private static TlsSettings asking(ClientAuth asked) {
        return KEYS.server().withClientCa(KEYS.certificate("ca"), asked);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private SocketClient open(String client) {
        SSLContext tls = KEYS.client(client.equals(NOBODY) ? null : client);
        return SocketClient.open(server.port(), TALK, tls);
    }

    private static String answer(String room, String text, int count) {
        return "{\"room\":\"%s\",\"text\":\"%s\",\"count\":%d,\"tone\":\"unspecified\"}"
                .formatted(room, text, count);
    }

    @Test
    void eachMessageIsAnsweredAsItComes() {
        start(KEYS.server());
        try (SocketClient client = open(NOBODY)) {
            assertThat(client.send("{\"text\":\"one\"}").next())
                    .isEqualTo(answer("blue", "one", 1));
            assertThat(client.ping("there?").next()).isEqualTo("pong there?");
            assertThat(client.send("{\"text\":\"two\"}").next()).isEqualTo(answer("", "two", 2));
            client.end();

            assertThat(client.next()).isEqualTo(answer("", "bye", 3));
            assertThat(client.next()).isEqualTo("close 1000");
        }
    }

    @Test
    void messagesOfManyRecordsPassInBothDirections() {
        start(KEYS.server());
        String text = "y".repeat(100_000); // a record of TLS holds 16 KiB
        try (SocketClient client = open(NOBODY)) {
            for (int i = 0; i < 5; i++) {
                client.send("{\"text\":\"" + text + "\"}");
            }

            assertThat(IntStream.range(0, 5).mapToObj(i -> client.next()).toList())
                    .containsExactlyElementsOf(
                            IntStream.range(0, 5)
                                    .mapToObj(i -> answer(i == 0 ? "blue" : "", text, i + 1))
                                    .toList());
        }
    }

    @Test
    void anErrorIsTheLastMessage() {
        start(KEYS.server());
        try (SocketClient client = open(NOBODY).send("{\"script\":\"refuse\"}")) {
            assertThat(client.next()).contains("\"code\":\"room_not_found\"");
            assertThat(client.next()).isEqualTo("close 4404 room_not_found: No room \u2603.");
        }
    }

    @Test
    void aRefusalIsHttp() {
        start(KEYS.server());
        assertThatThrownBy(() ->
                        SocketClient.open(server.port(), TALK + "?count=many", KEYS.client(null)))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused -> {
                            HttpResponse<?> answer = refused.getResponse();
                            assertThat(answer.statusCode()).isEqualTo(422);
                            assertThat(answer.body()).asString().contains("\"field\":\"count\"");
                        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoLeavesEndsTheHandlersWork(boolean politely) throws InterruptedException {
        start(KEYS.server());
        try (SocketClient client = open(NOBODY).send("{\"script\":\"wait\"}")) {
            assertThat(talk.waiting.poll(PATIENCE, TimeUnit.SECONDS)).isNotNull();
            if (politely) {
                client.leave();
                assertThat(client.next()).startsWith("close 1000");
            } else {
                client.abort();
            }

            assertThat(talk.cancelled.poll(PATIENCE, TimeUnit.SECONDS))
                    .isEqualTo(CancelCause.CLIENT_LEFT);
        }
    }

    @Test
    void aServerThatStopsSaysSo() throws InterruptedException {
        start(KEYS.server());
        try (SocketClient client = open(NOBODY).send("{\"script\":\"wait\"}")) {
            assertThat(talk.waiting.poll(PATIENCE, TimeUnit.SECONDS)).isNotNull();
            server.close();

            assertThat(client.next()).contains("\"code\":\"server_stopping\"");
            assertThat(client.next()).startsWith("close 1001 server_stopping: ");
        }
    }

    @Test
    void theCallKnowsWhoseCertificateItWas() {
        start(asking(ClientAuth.REQUIRED));
        try (SocketClient client = open("client").send("{\"text\":\"one\"}")) {
            assertThat(client.next()).isEqualTo(answer("blue", "one", 1));
        }
        assertThat(callers).containsExactly("CN=ada,O=Clients");
    }

    @ParameterizedTest
    @ValueSource(strings = {NOBODY, "stranger", "late"})
    void whoHasNoGoodCertificateOpensNothingWhereItIsRequired(String client) {
        start(asking(ClientAuth.REQUIRED));

        assertThatThrownBy(() -> open(client))
                .isInstanceOf(CompletionException.class)
                .hasRootCauseInstanceOf(SSLException.class);
        assertThat(callers).isEmpty();
    }

    @Test
    void whereItIsOptionalNoneWillDo() {
        start(asking(ClientAuth.OPTIONAL));
        for (String client : List.of(NOBODY, "client")) {
            try (SocketClient socket = open(client).send("{\"text\":\"one\"}")) {
                assertThat(socket.next()).isEqualTo(answer("blue", "one", 1));
            }
        }
        assertThat(callers).containsExactly(NOBODY, "CN=ada,O=Clients");
    }

    @Test
    void withoutTlsNothingOpens() {
        start(KEYS.server());
        try (RawWebSocket socket = new RawWebSocket(server.port())) {
            socket.send(RawWebSocket.request(TALK) + "\r\n");

            assertThat(socket.rest()).startsWith("HTTP/1.1 400 ").contains("use https://");
        }
    }

    /** Its page came by HTTP/2, on whose connection there are no WebSockets. */
    @Test
    void aBrowserOpensOneFromAPageOfHttp2() {
        start(KEYS.server());
        String site = "https://localhost:" + server.port();
        try (Chromium chromium = new Chromium("--ignore-certificate-errors");
                WatchedPage view = chromium.page(site)) {
            view.open("/health");

            Object told =
                    view.page()
                            .evaluate(
                                    """
                                    address => new Promise(resolve => {
                                      const page = performance.getEntriesByType("navigation")[0];
                                      const told = [page.nextHopProtocol];
                                      const socket = new WebSocket(address);
                                      socket.onopen = () => {
                                        socket.send('{"text": "hi"}');
                                        socket.send("");
                                      };
                                      socket.onmessage = ({data}) =>
                                          told.push(JSON.parse(data).text);
                                      socket.onclose = ({code}) => resolve([...told, code].join());
                                    })
                                    """,
                                    "wss://localhost:" + server.port() + TALK);

            assertThat(told).isEqualTo("h2,hi,bye,1000");
        }
    }
}
