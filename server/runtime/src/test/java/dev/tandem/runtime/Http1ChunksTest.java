package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies in chunks, byte by byte. Behind each comes a request that must be read as one. */
class Http1ChunksTest extends MirrorTest {
    private static final String HEAD =
            String.join(
                    "\r\n",
                    "PUT /m/number HTTP/1.1",
                    "Host: localhost",
                    "Content-Type: application/json",
                    "Transfer-Encoding: chunked",
                    "",
                    "");

    private static final String MARKER =
            "GET /nothing/marker HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2\r\n42\r\n0\r\n\r\n",
                "1\r\n4\r\n1\r\n2\r\n0\r\n\r\n",
                "0002\r\n42\r\n000\r\n\r\n",
                "2;a\r\n42\r\n0\r\n\r\n",
                "2;a=b\r\n42\r\n0;c=d\r\n\r\n",
                "2; a=b;c; d=\"e;\\\"\u00e4 f\"\r\n42\r\n0\r\n\r\n",
                "2\r\n42\r\n0\r\nA: b\r\nC-d:\r\n\r\n",
                "2\r\n42\r\n0\r\nContent-Length: 7\r\nTransfer-Encoding: x\r\n\r\n",
                "a\r\n        42\r\n0\r\n\r\n",
                "A\r\n        42\r\n0\r\n\r\n"
            })
    void legalOnesArrive(String chunks) {
        assertThat(RawHttp.exchange(server.port(), HEAD + chunks + MARKER))
                .startsWith("HTTP/1.1 200 ")
                .contains("42", "HTTP/1.1 404 ");
        try (RawHttp http = new RawHttp(server.port())) {
            http.sendBytewise(HEAD + chunks + MARKER);
            assertThat(http.readAll()).startsWith("HTTP/1.1 200 ").contains("HTTP/1.1 404 ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n42\r\n0\r\n\r\n",
                " 2\r\n42\r\n0\r\n\r\n",
                "2 \r\n42\r\n0\r\n\r\n",
                "2\t\r\n42\r\n0\r\n\r\n",
                "+2\r\n42\r\n0\r\n\r\n",
                "-2\r\n42\r\n0\r\n\r\n",
                "0x2\r\n42\r\n0\r\n\r\n",
                "2_\r\n42\r\n0\r\n\r\n",
                "g\r\n42\r\n0\r\n\r\n",
                "\u00b2\r\n42\r\n0\r\n\r\n",
                "10000000000000002\r\n42\r\n0\r\n\r\n",
                "2\n42\r\n0\r\n\r\n",
                "2\r42\r\n0\r\n\r\n",
                "2\r\r\n42\r\n0\r\n\r\n",
                "2;\r\n42\r\n0\r\n\r\n",
                "2;a\n42\r\n0\r\n\r\n",
                "2;a\rb\r\n42\r\n0\r\n\r\n",
                "2;a=\r\n42\r\n0\r\n\r\n",
                "2;a=\"b\r\n42\r\n0\r\n\r\n",
                "2;a b\r\n42\r\n0\r\n\r\n",
                "2;\u0000\r\n42\r\n0\r\n\r\n",
                "2\r\n42\n0\r\n\r\n",
                "2\r\n420\r\n\r\n",
                "2\r\n4\r\n0\r\n\r\n",
                "2\r\n42\r\n0\r\n A: b\r\n\r\n",
                "2\r\n42\r\n0\r\nA b: c\r\n\r\n",
                "2\r\n42\r\n0\r\nA\r\n\r\n",
                "2\r\n42\r\n0\r\nA: b\n\r\n",
                "2\r\n42\r\n0\r\nA: \u0000\r\n\r\n",
                "2\r\n42\r\n0\r\n\n\r\n",
                "2\r\n42\r\n0\r\n\rGET"
            })
    void othersAre400AndNothingBehindThemIsRead(String chunks) {
        String answer = RawHttp.exchange(server.port(), HEAD + chunks + MARKER);

        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .containsIgnoringCase("\r\nconnection: close\r\n")
                .contains("\"code\":\"bad_request\"", "The request is no valid HTTP/1.1: ")
                .doesNotContain("HTTP/1.1 404");
    }

    @Test
    void linesOfExtensionsAreBounded() {
        String line = "1;" + "a".repeat(2000) + "\r\n";

        assertThat(RawHttp.exchange(server.port(), HEAD + line))
                .startsWith("HTTP/1.1 400 ")
                .contains("longer than 1024 bytes");
    }

    @Test
    void framingIsBoundedInAll() {
        String chunk = "1;" + "a".repeat(1000) + "\r\n4\r\n";

        assertThat(RawHttp.exchange(server.port(), HEAD + chunk.repeat(20)))
                .startsWith("HTTP/1.1 400 ")
                .contains("more framing than body");
    }

    @Test
    void smallChunksAreNoAbuse() {
        String body = "1\r\n \r\n".repeat(20_000) + "1\r\n4\r\n0\r\n\r\n";

        assertThat(RawHttp.exchange(server.port(), HEAD + body + MARKER))
                .startsWith("HTTP/1.1 200 ")
                .contains("HTTP/1.1 404 ");
    }

    @Test
    void trailersAreBounded() {
        String trailers = "2\r\n42\r\n0\r\n" + "A: b\r\n".repeat(101);

        assertThat(RawHttp.exchange(server.port(), HEAD + trailers))
                .startsWith("HTTP/1.1 431 ")
                .contains("\"code\":\"headers_too_large\"");
    }

    @Test
    void aBodyOverTheLimitIs413WithTheLimit() {
        String chunk = "2710\r\n" + " ".repeat(10_000) + "\r\n";

        assertThat(RawHttp.exchange(server.port(), HEAD + chunk.repeat(11) + "0\r\n\r\n" + MARKER))
                .startsWith("HTTP/1.1 413 ")
                .contains("the 100000 bytes", "HTTP/1.1 404 ");
    }

    @Test
    void aChunkOfAnImpossibleSizeIs413BeforeItComes() {
        assertThat(RawHttp.exchange(server.port(), HEAD + "7fffffffffffff\r\n"))
                .startsWith("HTTP/1.1 413 ")
                .contains("the 100000 bytes");
    }
}
