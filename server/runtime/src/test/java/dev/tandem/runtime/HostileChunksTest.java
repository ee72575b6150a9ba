package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

/** Bodies in chunks that are none, over HTTP/1.1. */
class HostileChunksTest extends RestTest {
    private static final String HEAD =
            String.join(
                    "\r\n",
                    "POST /v1/say HTTP/1.1",
                    "Host: localhost",
                    "Content-Type: application/json",
                    "Transfer-Encoding: chunked",
                    "",
                    "");

    /** More than any body may be, and a bound for the test. */
    private static final int MEGABYTES = 64;

    @Test
    void aSizeThatNeverEndsIsCutOff() {
        String zeros = "0".repeat(1 << 20);
        int sent = 0;
        try (RawHttp http = new RawHttp(server.port())) {
            http.send(HEAD);
            while (sent < MEGABYTES) {
                http.send(zeros);
                sent++;
            }
        } catch (UncheckedIOException e) {
            assertThat(sent).isPositive(); // the server closed
        }

        assertThat(sent).isLessThan(MEGABYTES);
        assertThat(
                        RawHttp.exchange(
                                server.port(),
                                HEAD.replace("chunked", "chunked\r\nConnection: close")
                                        + "e\r\n{\"text\": \"hi\"}\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void aLineThatEndsWithoutItsReturnIsTheClientsFault() {
        assertThat(RawHttp.exchange(server.port(), HEAD + "5\nabcde\n0\n\n"))
                .startsWith("HTTP/1.1 400")
                .contains("a chunk begins with its size");
    }
}
