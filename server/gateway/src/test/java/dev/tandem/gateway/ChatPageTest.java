package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testing.HttpReply;
import dev.tandem.testing.HttpRequest;
import dev.tandem.testing.Script;
import dev.tandem.testing.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the chat page is served; what it does, the {@code BrowserChat…IT} classes have. */
class ChatPageTest {
    private static final Path FILES =
            Path.of("src", "main", "resources", "dev", "tandem", "gateway", "page");

    private static Fixture gateway;

    @BeforeAll
    static void start() {
        gateway = new Fixture(Script.saying("x"), GatewaySettings.ofLoopback());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static HttpReply ask(Wire.Version version, HttpRequest request) {
        return gateway.server.client().http(version, request);
    }

    private static HttpReply get(String path) {
        return ask(Wire.Version.HTTP_1_1, HttpRequest.get(path));
    }

    @ParameterizedTest
    @EnumSource(Wire.Version.class)
    void thePageMayDoLittle(Wire.Version version) {
        HttpReply page = ask(version, HttpRequest.get("/"));

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("content-type")).contains("text/html; charset=utf-8");
        assertThat(page.header("content-security-policy").orElse(""))
                .contains(
                        "default-src 'none'",
                        "script-src 'self';",
                        "style-src 'self';",
                        "connect-src 'self';",
                        "frame-ancestors 'none'",
                        "require-trusted-types-for 'script'; trusted-types 'none'")
                .doesNotContain("unsafe");
        assertThat(page.header("referrer-policy")).contains("no-referrer");
        assertThat(page.header("x-content-type-options")).contains("nosniff");
        assertThat(page.body())
                .doesNotContain("http:", "https:", " style=", "<style", "<script>")
                .doesNotContainPattern("\\son[a-z]+=");
    }

    /** Every file is packed, and every file that is packed is reached from the page. */
    @Test
    void itsFilesAreThoseThatAreNamedInIt() throws IOException {
        List<String> named =
                Stream.concat(links("chat/([\\w.-]+)", "page.html"), importsOfAll())
                        .distinct()
                        .sorted()
                        .toList();

        try (Stream<Path> files = Files.list(FILES)) {
            List<String> packed =
                    Stream.concat(
                                    files.map(file -> file.getFileName().toString()),
                                    Stream.of("markdown-it.js"))
                            .filter(name -> !name.equals("page.html"))
                            .sorted()
                            .toList();
            assertThat(packed).isEqualTo(named);
        }
        for (String name : named) {
            assertThat(get("/chat/" + name).status()).as(name).isEqualTo(200);
        }
    }

    private static Stream<String> importsOfAll() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".mjs"))
                    .flatMap(name -> links("from \"\\./([\\w.-]+)\"", name))
                    .toList()
                    .stream();
        }
    }

    private static Stream<String> links(String pattern, String file) {
        try {
            String text = Files.readString(FILES.resolve(file));
            return Pattern.compile(pattern)
                    .matcher(text)
                    .results()
                    .map(found -> found.group(1))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/chat/chat.mjs, text/javascript; charset=utf-8",
        "/chat/theme.js, text/javascript; charset=utf-8",
        "/chat/markdown-it.js, text/javascript; charset=utf-8",
        "/chat/chat.css, text/css; charset=utf-8",
        "/chat/icon.svg, image/svg+xml"
    })
    void filesHaveTheirTypes(String path, String type) {
        assertThat(get(path).header("content-type")).contains(type);
        assertThat(get(path).header("x-content-type-options")).contains("nosniff");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/chat",
                "/chat/",
                "/chat/page.html",
                "/chat/ChatPage.class",
                "/chat/../page.html",
                "/chat/%2e%2e/page.html",
                "/chat/markdown-it.min.js"
            })
    void nothingElseIsServed(String path) {
        assertThat(get(path).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/chat/chat.mjs"})
    void whoHasItAlreadyIsToldSo(String path) {
        String tag = get(path).header("etag").orElseThrow();
        HttpReply again =
                ask(Wire.Version.HTTP_1_1, HttpRequest.get(path).header("if-none-match", tag));

        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.header("cache-control")).contains("no-cache");
    }

    @Test
    void itIsPackedForWhoTakesThat() {
        HttpReply packed =
                ask(
                        Wire.Version.HTTP_1_1,
                        HttpRequest.get("/chat/markdown-it.js").header("accept-encoding", "gzip"));

        assertThat(packed.header("content-encoding")).contains("gzip");
        assertThat(packed.header("vary").orElse("")).containsIgnoringCase("accept-encoding");
    }

    @Test
    void headTellsWhatGetWould() {
        HttpReply head =
                ask(Wire.Version.HTTP_2, new HttpRequest("HEAD", "/", Map.of(), new byte[0]));

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("etag")).isEqualTo(get("/").header("etag"));
        assertThat(head.header("content-length"))
                .contains(String.valueOf(get("/").body().length()));
        assertThat(head.body()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Wire.Version.class)
    void nothingIsPostedToIt(Wire.Version version) {
        HttpReply post = ask(version, HttpRequest.post("/", "{}"));

        assertThat(post.status()).isEqualTo(405);
        assertThat(post.header("allow").orElse("").split(", "))
                .containsExactlyInAnyOrder("GET", "HEAD", "OPTIONS");
    }

    @Test
    void itStandsBehindTheFirstDoor() {
        HttpRequest abroad = HttpRequest.get("/").header("host", "evil.example");

        assertThat(ask(Wire.Version.HTTP_1_1, abroad).status()).isEqualTo(403);
    }

    @Test
    void itCanBeLeftOut() {
        GatewaySettings without =
                GatewaySettings.ofLoopback().with(Seen.defaults().withChatPage(false));
        try (Fixture other = new Fixture(Script.saying("x"), without)) {
            for (String path : Arrays.asList("/", "/chat/chat.mjs")) {
                HttpReply reply =
                        other.server.client().http(Wire.Version.HTTP_1_1, HttpRequest.get(path));
                assertThat(reply.status()).as(path).isEqualTo(404);
            }
            assertThat(
                            other.server
                                    .client()
                                    .http(Wire.Version.HTTP_1_1, HttpRequest.get("/openapi.json"))
                                    .body())
                    .doesNotContain("getChatPage");
        }
    }

    /** No text becomes HTML anywhere in the page's own scripts. */
    @Test
    void itsScriptsMakeNoHtmlOfTexts() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            for (Path file : files.filter(each -> each.toString().endsWith("js")).toList()) {
                assertThat(
                                Pattern.compile(
                                                "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|DOMParser|\\beval\\b|new Function")
                                        .matcher(Files.readString(file))
                                        .results()
                                        .map(MatchResult::group))
                        .as(file.toString())
                        .isEmpty();
            }
        }
    }
}
