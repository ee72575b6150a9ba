package dev.tandem.runtime.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.Server;
import dev.tandem.runtime.auth.Authenticator;
import dev.tandem.runtime.auth.Caller;
import dev.tandem.runtime.auth.Credentials;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of a folder beside services, by Helidon's own service for them. */
class WebPagesTest {
    private static final String[] KEY = {"authorization", "Bearer good"};

    @TempDir private Path temp;
    private Server server;
    private Visitor visitor;

    @BeforeEach
    void start() throws IOException {
        Path folder = Files.createDirectory(temp.resolve("public"));
        Files.writeString(folder.resolve("index.html"), "<h1>Hello</h1>");
        Files.writeString(folder.resolve("app.js"), "go()");
        Files.writeString(temp.resolve("secret.txt"), "secret");
        server =
                Server.builder()
                        .authenticators(List.of(new Good()))
                        .routes(pages -> WebPages.route(pages, folder))
                        .start();
        visitor = new Visitor(server.port());
    }

    @AfterEach
    void stop() {
        visitor.close();
        server.close();
    }

    /** Knows one key. */
    private static final class Good implements Authenticator {
        @Override
        public Finding examine(Credentials shown) {
            return shown.secret().reveal().equals("good")
                    ? new Finding.Known(new Caller("ada", Caller.Shown.KEY, Set.of(), Map.of()))
                    : new Finding.Foreign();
        }

        @Override
        public Set<Credentials.Form> forms() {
            return Set.of(Credentials.Form.BEARER);
        }
    }

    @ParameterizedTest
    @EnumSource
    void filesAreServedWithTheHeadersOfPages(Version version) {
        HttpResponse<String> page = visitor.send(version, "GET", "/app/index.html", "", KEY);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).isEqualTo("<h1>Hello</h1>");
        assertThat(page.headers().firstValue("content-type").orElse("")).startsWith("text/html");
        assertThat(page.headers().firstValue("content-security-policy").orElse(""))
                .contains("default-src 'self'", "frame-ancestors 'none'");
        assertThat(page.headers().firstValue("x-content-type-options")).hasValue("nosniff");
        assertThat(page.headers().firstValue("x-request-id")).isPresent();
        assertThat(visitor.send(version, "GET", "/app/", "", KEY).body())
                .isEqualTo("<h1>Hello</h1>");
    }

    @ParameterizedTest
    @EnumSource
    void headHasTheHeadersAlone(Version version) {
        HttpResponse<String> get = visitor.send(version, "GET", "/app/app.js", "", KEY);
        HttpResponse<String> head = visitor.send(version, "HEAD", "/app/app.js", "", KEY);

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("etag")).isEqualTo(get.headers().firstValue("etag"));
        assertThat(head.headers().firstValue("content-length")).hasValue("4");
    }

    @ParameterizedTest
    @EnumSource
    void whatTheBrowserHasIsNotSentAgain(Version version) {
        String tag =
                visitor.send(version, "GET", "/app/app.js", "", KEY)
                        .headers()
                        .firstValue("etag")
                        .orElse("");
        HttpResponse<String> again =
                visitor.send(
                        version, "GET", "/app/app.js", "", KEY[0], KEY[1], "if-none-match", tag);

        assertThat(tag).isNotEmpty();
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/app/../secret.txt",
                "/app/%2e%2e/secret.txt",
                "/app/..%2fsecret.txt",
                "/app/%2e%2e%2fsecret.txt",
                "/app/..%5csecret.txt",
                "/app/x/../../secret.txt",
                "/app//../secret.txt",
                "/app/..;/secret.txt",
                "/app/%00../secret.txt"
            })
    void nothingOutsideOfTheFolderIsServed(String path) {
        for (Version version : Version.values()) {
            HttpResponse<String> answer = visitor.send(version, "GET", path, "", KEY);

            assertThat(answer.statusCode()).as(answer.body()).isIn(400, 403, 404);
            assertThat(answer.body()).doesNotContain("secret\n").isNotEqualTo("secret");
        }
    }

    @Test
    void filesNeedTheCredentialThatEverythingNeeds() {
        HttpResponse<String> refused = visitor.send(Version.HTTP_1_1, "GET", "/app/index.html", "");

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("\"code\":\"unauthenticated\"");
    }

    @Test
    void whatIsNotThereIs404() {
        HttpResponse<String> answer =
                visitor.send(Version.HTTP_1_1, "GET", "/app/nothing.html", "", KEY);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("\"code\":\"not_found\"");
    }
}
