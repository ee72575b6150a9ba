package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.wire.docs.Document;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentTest extends RestTest {
    private static final byte[] LONG =
            "all work and no play ".repeat(100).getBytes(StandardCharsets.UTF_8);
    private static final byte[] SHORT = "ab".getBytes(StandardCharsets.UTF_8);

    private final AtomicInteger made = new AtomicInteger();

    @Override
    ServerBuilder configured(ServerBuilder builder) {
        return super.configured(builder)
                .routes(pages -> {
                    Document.of("text/plain; charset=utf-8", LONG).route(pages, "/long");
                    Document.of("text/plain", SHORT).route(pages, "/a*{b}");
                    Document.later("application/json", this::make).route(pages, "/later");
                });
    }

    private byte[] make() {
        if (made.incrementAndGet() == 1) {
            throw new IllegalStateException("not yet");
        }
        return LONG;
    }

    @Test
    void aDocumentComesWithAStrongTag() {
        HttpResponse<byte[]> answer = fetch(to("/long"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(LONG);
        assertThat(header(answer, "content-type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(header(answer, "content-length")).isEqualTo(String.valueOf(LONG.length));
        assertThat(header(answer, "etag")).matches("\"[0-9a-f]{32}\"");
        assertThat(header(answer, "cache-control")).isEqualTo("no-cache");
        assertThat(header(answer, "vary")).isEqualTo("Accept-Encoding");
        assertThat(header(answer, "x-content-type-options")).isEqualTo("nosniff");
        assertThat(header(answer, "content-encoding")).isEmpty();
    }

    @Test
    void gzipIsAnotherFormWithAnotherTag() throws Exception {
        HttpResponse<byte[]> plain = fetch(to("/long"));
        HttpResponse<byte[]> packed = fetch(to("/long").header("accept-encoding", "gzip"));

        assertThat(header(packed, "content-encoding")).isEqualTo("gzip");
        assertThat(packed.body().length).isLessThan(200);
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
            assertThat(unpacked.readAllBytes()).isEqualTo(LONG);
        }
        assertThat(header(packed, "etag")).isNotEmpty().isNotEqualTo(header(plain, "etag"));
    }

    @Test
    void whatCompressionWouldMakeLargerStaysPlain() {
        HttpResponse<byte[]> answer = fetch(to("/a*%7Bb%7D").header("accept-encoding", "gzip"));

        assertThat(answer.body()).isEqualTo(SHORT);
        assertThat(header(answer, "content-encoding")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "W/%s", "\"other\", %s", "*"})
    void whoHasItAlreadyIsToldSo(String condition) {
        String tag = header(get("/long"), "etag");

        HttpResponse<String> answer =
                send(to("/long").header("if-none-match", condition.formatted(tag)));

        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
        assertThat(header(answer, "etag")).isEqualTo(tag);
        assertThat(header(answer, "vary")).isEqualTo("Accept-Encoding");
        assertThat(header(answer, "cache-control")).isEqualTo("no-cache");
        assertThat(get("/long").statusCode()).isEqualTo(200); // the connection is in order
    }

    @Test
    void whoHasAnotherFormGetsThisOne() {
        String plain = header(get("/long"), "etag");

        HttpResponse<byte[]> answer =
                fetch(to("/long").header("accept-encoding", "gzip").header("if-none-match", plain));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "content-encoding")).isEqualTo("gzip");
    }

    @Test
    void headIsTheSameWithoutTheBody() {
        HttpResponse<String> answer = send(to("/long").HEAD());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(header(answer, "content-length")).isEqualTo(String.valueOf(LONG.length));
        assertThat(header(answer, "etag")).isEqualTo(header(get("/long"), "etag"));
    }

    @Test
    void http2TellsTheSame() throws IOException {
        try (RawHttp2 http = new RawHttp2(server.port())) {
            http.request("HEAD", "/long", "");

            assertThat(http.readAll()).isEmpty();
            assertThat(http.head())
                    .contains(":status 200")
                    .contains("content-length " + LONG.length);
        }
        try (RawHttp2 http = new RawHttp2(server.port())) {
            http.request("GET", "/long", "", "if-none-match", "*");

            assertThat(http.readAll()).isEmpty();
            assertThat(http.head()).contains(":status 304").contains("etag");
        }
    }

    @Test
    void otherMethodsAreRefusedWithThoseThatThereAre() {
        HttpResponse<String> post = send(to("/long").POST(BodyPublishers.noBody()));
        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(post.body()).contains("method_not_allowed");
        assertThat(header(post, "allow")).isEqualTo("GET, HEAD, OPTIONS");

        HttpResponse<String> options = send(to("/long").method("OPTIONS", BodyPublishers.noBody()));
        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(header(options, "allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    @Test
    void thePathIsTakenLiterally() {
        assertThat(get("/a*%7Bb%7D").statusCode()).isEqualTo(200);
        assertThat(get("/axy").statusCode()).isEqualTo(404);
        assertThat(get("/long/").statusCode()).isEqualTo(404);
        assertThat(get("/long/more").statusCode()).isEqualTo(404);
    }

    @Test
    void aLateDocumentIsMadeOnceWhenItIsAskedFor() {
        assertThat(made).hasValue(0);
        assertThat(get("/later").statusCode()).isEqualTo(500); // it threw, and is asked again

        assertThat(get("/later").statusCode()).isEqualTo(200);
        assertThat(get("/later").statusCode()).isEqualTo(200);
        assertThat(made).hasValue(2);
    }

    private HttpResponse<byte[]> fetch(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
