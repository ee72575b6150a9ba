package dev.tandem.runtime.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tandem.runtime.Server;
import dev.tandem.runtime.auth.Caller;
import dev.tandem.runtime.call.Service;
import dev.tandem.test.v1.FormServiceGrpc;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions in a signed cookie, as docs/web.md has them. */
class SessionsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final String FORM = "application/x-www-form-urlencoded";

    private final Sessions sessions = sessions(NOW, 1);
    private Server server;
    private Visitor visitor;

    @BeforeEach
    void start() {
        Service service =
                Service.of(FormServiceGrpc.getServiceDescriptor())
                        .unary(
                                FormServiceGrpc.getSendMethod(),
                                (form, call) ->
                                        form.toBuilder().setTitle(Caller.of(call).name()).build())
                        .stream(FormServiceGrpc.getWatchMethod(), (form, sink, call) -> {})
                        .unary(FormServiceGrpc.getStrictMethod(), (form, call) -> form)
                        .build();
        SignIn signIn = new SignIn(sessions, (user, password) -> password.equals("engine"));
        server =
                Server.builder()
                        .service(service)
                        .policies(List.of(sessions))
                        .routes(signIn::route)
                        .start();
        visitor = new Visitor(server.port());
    }

    @AfterEach
    void stop() {
        visitor.close();
        server.close();
    }

    @Test
    void whoSignsInGetsACookieThatCountsForPagesAndMethods() {
        HttpResponse<String> signedIn = post("/sign-in", "user=ada&password=engine");
        String cookie = signedIn.headers().firstValue("set-cookie").orElse("");

        assertThat(signedIn.statusCode()).isEqualTo(303);
        assertThat(signedIn.headers().firstValue("location")).hasValue("/home");
        assertThat(cookie)
                .startsWith("__Host-session=")
                .contains("; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=3600");
        String pair = cookie.substring(0, cookie.indexOf(';'));
        assertThat(get("/home", pair).body()).contains("Signed in");
        assertThat(send("a=b; " + pair).body()).contains("\"title\":\"ada\"");
    }

    @Test
    void strangersAreSentToThePageToSignIn() {
        assertThat(get("/home", "a=b").headers().firstValue("location")).hasValue("/sign-in");
        assertThat(get("/sign-in", "a=b").body()).contains("<form");
        assertThat(post("/sign-in", "user=ada&password=x").statusCode()).isEqualTo(403);
        assertThat(post("/sign-in", "user=%zz").statusCode()).isEqualTo(400);
        assertThat(send("a=b").statusCode()).isEqualTo(401);
        assertThat(get("/health", "a=b").statusCode()).isEqualTo(200);
    }

    @Test
    void whoSignsOutIsForgotten() {
        HttpResponse<String> signedOut = post("/sign-out", "x=");

        assertThat(signedOut.headers().firstValue("set-cookie").orElse(""))
                .startsWith("__Host-session=;")
                .endsWith("Max-Age=0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "__Host-session=",
                "__Host-session=.",
                "__Host-session=x",
                "__Host-session=x.y",
                "__Host-session=*.*",
                "session=MSBhZGE.x"
            })
    void whatIsNotSignedHereIsNothing(String cookie) {
        assertThat(send(cookie).statusCode()).isEqualTo(401);
    }

    @Test
    void everyCharacterIsSigned() {
        String pair = pair(sessions.begin("ada"));
        for (int i = pair.indexOf('=') + 1; i < pair.length() - 1; i++) {
            char other = pair.charAt(i) == 'A' ? 'B' : 'A';
            String changed = pair.substring(0, i) + other + pair.substring(i + 1);

            assertThat(send(changed).statusCode()).as(changed).isEqualTo(401);
        }
    }

    @Test
    void sessionsEnd() {
        assertThat(send(pair(sessions(NOW.minusSeconds(3599), 1).begin("ada"))).statusCode())
                .isEqualTo(200);
        assertThat(send(pair(sessions(NOW.minusSeconds(3600), 1).begin("ada"))).statusCode())
                .isEqualTo(401);
    }

    @Test
    void secretsCanBeChanged() {
        String old = pair(sessions(NOW, 2).begin("ada"));

        assertThat(send(old).statusCode()).isEqualTo(401);
        try (Server both =
                        Server.builder()
                                .policies(List.of(sessions(NOW, 1, 2)))
                                .routes(new SignIn(sessions, (user, password) -> false)::route)
                                .start();
                Visitor other = new Visitor(both.port())) {
            assertThat(other.send(Version.HTTP_1_1, "GET", "/home", "", "cookie", old).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aFormOfAForeignPageDoesNotSignAnybodyIn() {
        for (String path : List.of("/sign-in", "/sign-out")) {
            HttpResponse<String> answer =
                    visitor.send(
                            Version.HTTP_1_1,
                            "POST",
                            path,
                            "user=eve&password=engine",
                            "content-type",
                            FORM,
                            "origin",
                            "http://localhost:1",
                            "sec-fetch-site",
                            "same-site");

            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.headers().firstValue("set-cookie")).isEmpty();
        }
    }

    @Test
    void secretsAreLongEnough() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Sessions(
                                List.of(new byte[31]), Duration.ofHours(1), Clock.systemUTC()));
    }

    private HttpResponse<String> get(String path, String cookie) {
        return visitor.send(Version.HTTP_1_1, "GET", path, "", "cookie", cookie);
    }

    private HttpResponse<String> post(String path, String form) {
        return visitor.send(Version.HTTP_1_1, "POST", path, form, "content-type", FORM);
    }

    private HttpResponse<String> send(String cookie) {
        return visitor.send(
                Version.HTTP_1_1,
                "POST",
                "/f/send",
                "{}",
                "content-type",
                "application/json",
                "cookie",
                cookie);
    }

    private static String pair(String setCookie) {
        return setCookie.substring(0, setCookie.indexOf(';'));
    }

    /**
     * @param secrets the first byte of each
     */
    private static Sessions sessions(Instant now, int... secrets) {
        List<byte[]> all =
                Arrays.stream(secrets)
                        .mapToObj(first -> {
                            byte[] secret = new byte[32];
                            secret[0] = (byte) first;
                            return secret;
                        })
                        .toList();
        return new Sessions(all, Duration.ofHours(1), Clock.fixed(now, ZoneOffset.UTC));
    }
}
