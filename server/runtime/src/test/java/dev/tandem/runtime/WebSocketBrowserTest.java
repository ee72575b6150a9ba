package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.auth.ApiKeys;
import dev.tandem.runtime.auth.Secret;
import dev.tandem.runtime.auth.TestSecrets;
import dev.tandem.testtools.Chromium;
import dev.tandem.testtools.WatchedPage;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A browser's own WebSocket, with a key, from pages of this server and of others. */
class WebSocketBrowserTest {
    /** Opens, sends, says that it is through, and tells all that it was told. */
    private static final String TALK =
            """
            ([address, protocols, messages]) => new Promise(resolve => {
              const told = [];
              const socket = new WebSocket(address, protocols);
              socket.onopen = () => messages.forEach(message => socket.send(message));
              socket.onmessage = event => told.push(event.data);
              socket.onclose = event => resolve(
                  [socket.protocol, ...told, event.code + " " + event.reason].join("\\n"));
            })
            """;

    private static final Secret KEY = TestSecrets.key();

    private static Chromium chromium;
    private static Server server;
    private static Server other;

    @BeforeAll
    static void launch() {
        chromium = new Chromium("--host-resolver-rules=MAP evil.example 127.0.0.1");
        server =
                Server.builder()
                        .service(new Talk().service())
                        .authenticators(
                                List.of(
                                        ApiKeys.of(
                                                List.of(TestSecrets.entry("reader", KEY)),
                                                InstantSource.system())))
                        .start();
        other = Server.builder().allowedHosts(List.of("*")).start();
    }

    @AfterAll
    static void quit() {
        if (chromium != null) {
            chromium.close();
            server.close();
            other.close();
        }
    }

    private static String talk(String page, List<String> protocols, String... messages) {
        try (WatchedPage view = chromium.page(page)) {
            view.page().navigate(page + "/health");
            String address = "ws://localhost:" + server.port() + "/v1/rooms/blue/talk";
            return (String)
                    view.page().evaluate(TALK, List.of(address, protocols, List.of(messages)));
        }
    }

    private static List<String> credential() {
        return List.of("tandem.json.v1", "tandem.bearer." + KEY.reveal());
    }

    @Test
    void aPageTalksUntilItIsThrough() {
        String told =
                talk(
                        "http://localhost:" + server.port(),
                        credential(),
                        "{\"text\": \"hello \u2603\"}",
                        "");

        assertThat(told.lines())
                .containsExactly(
                        "tandem.json.v1",
                        "{\"room\":\"blue\",\"text\":\"hello \u2603\",\"count\":1,\"tone\":\"unspecified\"}",
                        "{\"room\":\"\",\"text\":\"bye\",\"count\":2,\"tone\":\"unspecified\"}",
                        "1000 ");
    }

    @Test
    void anErrorHasItsCode() {
        String told =
                talk("http://localhost:" + server.port(), credential(), "{\"script\": \"refuse\"}");

        assertThat(told)
                .contains("room_not_found")
                .endsWith("4404 room_not_found: No room \u2603.");
    }

    @Test
    void withoutKeyNothingOpens() {
        assertThat(talk("http://localhost:" + server.port(), List.of())).isEqualTo("\n1006 ");
    }

    @Test
    void aForeignPageOpensNothing() {
        assertThat(talk("http://evil.example:" + other.port(), credential())).isEqualTo("\n1006 ");
    }
}
