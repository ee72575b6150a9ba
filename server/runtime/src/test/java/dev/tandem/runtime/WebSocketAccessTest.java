package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.policy.CorsSettings;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may open a WebSocket: the method needs the scope notes.read. */
class WebSocketAccessTest {
    private static final String COLLECT = "/tandem.test.v1.GuardService/Collect";
    private static final String PAGE = "https://app.example";

    private static ShownCredentials credentials;
    private static Server server;

    @BeforeAll
    static void start() {
        credentials = new ShownCredentials();
        server =
                Server.builder()
                        .service(Notes.guarded())
                        .authenticators(credentials.authenticators())
                        .cors(CorsSettings.of(List.of(PAGE)))
                        .start();
    }

    @AfterAll
    static void stop() {
        server.close();
        credentials.close();
    }

    /** Asks with these headers; the answer's head, and its body where it is refused. */
    private static String asked(String... namesAndValues) {
        StringBuilder request = new StringBuilder(RawWebSocket.request(COLLECT));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            request.append(namesAndValues[i]).append(": ").append(namesAndValues[i + 1]);
            request.append("\r\n");
        }
        try (RawWebSocket socket = new RawWebSocket(server.port())) {
            socket.send(request + "Connection: close\r\n\r\n");
            String head = socket.head();
            if (!head.startsWith("HTTP/1.1 101 ")) {
                return head + socket.rest();
            }
            socket.text("");
            return head + socket.next().text();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "nothing, 401, unauthenticated",
        "unknown, 401, invalid_credentials",
        "foreign, 401, invalid_credentials",
        "expired, 401, expired_credentials",
        "revoked, 401, invalid_credentials",
        "malformed, 401, malformed_credentials",
        "two, 400, ambiguous_credentials",
        "token-forged, 401, invalid_credentials",
        "token-late, 401, expired_credentials",
        "visitor, 403, insufficient_scope",
        "token-poor, 403, insufficient_scope",
        "admin, 403, insufficient_scope"
    })
    void isRefusedBeforeTheUpgrade(String shown, int status, String reason) {
        assertThat(asked(credentials.of(shown)))
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("\"code\":\"" + reason + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "reader, reader",
        "reader-key, reader",
        "reader-azure, reader",
        "reader-basic, reader",
        "writer, writer",
        "token, ada"
    })
    void isLetIn(String shown, String name) {
        assertThat(asked(credentials.of(shown)))
                .startsWith("HTTP/1.1 101 ")
                .endsWith("{\"text\":\"" + name + "\"}");
    }

    /** As a web page has to, which cannot set headers. */
    @ParameterizedTest
    @CsvSource({
        "reader, 101, reader",
        "token, 101, ada",
        "unknown, 401, invalid_credentials",
        "visitor, 403, insufficient_scope"
    })
    void aCredentialMayStandAmongTheSubprotocols(String shown, int status, String words) {
        String bearer = credentials.of(shown)[1].substring("Bearer ".length());

        String answer = asked("sec-websocket-protocol", "tandem.json.v1, tandem.bearer." + bearer);

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains(words);
        assertThat(answer).doesNotContain(bearer);
        if (status == 101) {
            assertThat(answer).contains("\r\nsec-websocket-protocol: tandem.json.v1\r\n");
        }
    }

    @Test
    void aCredentialAloneIsNoSubprotocol() {
        String bearer = credentials.of("reader")[1].substring("Bearer ".length());

        assertThat(asked("sec-websocket-protocol", "tandem.bearer." + bearer))
                .startsWith("HTTP/1.1 400 ")
                .contains("tandem.json.v1")
                .doesNotContain(bearer);
    }

    @Test
    void differentCredentialsAreRefusedWhereverTheyStand() {
        String writer = credentials.of("writer")[1].substring("Bearer ".length());

        assertThat(
                        asked(
                                "x-api-key",
                                credentials.of("reader-key")[1],
                                "sec-websocket-protocol",
                                "tandem.json.v1, tandem.bearer." + writer))
                .startsWith("HTTP/1.1 400 ")
                .contains("ambiguous_credentials");
    }

    @Test
    void aForeignPageIsRefusedThoughItShowsAGoodCredential() {
        String[] good = credentials.of("reader");

        assertThat(asked(good[0], good[1], "Origin", "https://evil.example"))
                .startsWith("HTTP/1.1 403 ")
                .contains("origin_not_allowed");
        assertThat(asked(good[0], good[1], "Origin", PAGE))
                .startsWith("HTTP/1.1 101 ")
                .contains("\r\naccess-control-allow-origin: " + PAGE + "\r\n");
        assertThat(asked(good[0], good[1], "Origin", "http://localhost:3000"))
                .startsWith("HTTP/1.1 101 ");
    }
}
