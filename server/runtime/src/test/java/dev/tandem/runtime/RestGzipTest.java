package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.RawAnswer.Version;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packed requests and answers, over both HTTPs. */
class RestGzipTest extends MirrorTest {
    private static final String LONG = "\"" + "lorem ipsum ".repeat(200) + "\"";

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", "GZIP", "identity, gzip"})
    void aPackedBodyIsUnpacked(String encoding) {
        for (Version version : Version.values()) {
            RawAnswer answer = put(version, packed(LONG), encoding);

            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo(LONG);
        }
    }

    @ParameterizedTest
    @EnumSource
    void severalMembersAreOneBody(Version version) {
        byte[] one = packed("\"a");
        byte[] other = packed("b\"");
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);

        assertThat(put(version, both, "gzip").text()).isEqualTo("\"ab\"");
    }

    @ParameterizedTest
    @EnumSource
    void theLimitIsOneOfUnpackedBytes(Version version) {
        String fits = "\"" + "x".repeat(LIMIT - 2) + "\"";

        assertThat(put(version, packed(fits), "gzip").text()).isEqualTo(fits);
        RawAnswer larger = put(version, packed(fits + " "), "gzip");
        assertThat(larger.status()).isEqualTo(413);
        assertThat(larger.text()).contains("\"code\":\"request_too_large\"", "" + LIMIT);
    }

    @ParameterizedTest
    @EnumSource
    void aBombDoesNotGoOff(Version version) {
        byte[] bomb = packed("\"" + "x".repeat(200 << 20) + "\"");

        assertThat(put(version, bomb, "gzip").status()).isEqualTo(413);
        assertThat(put(version, packed("\"small\""), "gzip").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotGzipIs400(Version version) {
        byte[] whole = packed(LONG);
        byte[] corrupt = whole.clone();
        corrupt[corrupt.length - 6] ^= 1; // in the checksum
        for (byte[] bad :
                new byte[][] {
                    LONG.getBytes(StandardCharsets.UTF_8),
                    Arrays.copyOf(whole, whole.length / 2),
                    Arrays.copyOf(whole, 5),
                    corrupt
                }) {
            RawAnswer answer = put(version, bad, "gzip");

            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.text()).contains("\"code\":\"malformed_body\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "deflate", "gzip, gzip", "gzip, br", "*"})
    void otherCodingsAre415(String encoding) {
        for (Version version : Version.values()) {
            RawAnswer answer = put(version, packed(LONG), encoding);

            assertThat(answer.status()).isEqualTo(415);
            assertThat(answer.header("accept-encoding")).isEqualTo("gzip");
            assertThat(answer.text()).contains("\"code\":\"unsupported_content_encoding\"");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    gzip                       | true
                    x-gzip                     | true
                    gzip, deflate, br          | true
                    br;q=1, gzip;q=0.1         | true
                    *                          | true
                    identity;q=0.5, gzip;q=0.5 | true
                    ''                         | false
                    identity                   | false
                    gzip;q=0                   | false
                    gzip;q=0, *                | false
                    br                         | false
                    identity, gzip;q=0.5       | false
                    """)
    void aLongAnswerIsPackedWhenTheClientWantsIt(String accepted, boolean packed) {
        String path = "/m/show?text=" + "lorem+ipsum+".repeat(100);
        for (Version version : Version.values()) {
            RawAnswer plain = send(version, "GET", path);
            RawAnswer answer = send(version, "GET", path, "accept-encoding", accepted);
            RawAnswer head = send(version, "HEAD", path, "accept-encoding", accepted);

            assertThat(answer.header("vary")).isEqualToIgnoringCase("accept-encoding");
            assertThat(answer.header("content-encoding")).isEqualTo(packed ? "gzip" : "");
            assertThat(packed ? answer.unpacked() : answer.text()).isEqualTo(plain.text());
            assertThat(answer.header("content-length"))
                    .isEqualTo(String.valueOf(answer.body().size()));
            assertThat(head.header("content-length")).isEqualTo(answer.header("content-length"));
            assertThat(head.header("content-encoding"))
                    .isEqualTo(answer.header("content-encoding"));
            assertThat(head.body()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aShortAnswerIsNot(Version version) {
        RawAnswer answer = send(version, "GET", "/m/show", "accept-encoding", "gzip");

        assertThat(answer.body()).hasSizeLessThan(1024);
        assertThat(answer.headers()).doesNotContainKeys("content-encoding", "vary");
    }

    @ParameterizedTest
    @EnumSource
    void aStreamIsNeverPacked(Version version) {
        String path = "/m/watch/x?numbers=" + "1&numbers=".repeat(300) + "1";

        RawAnswer answer = send(version, "GET", path, "accept-encoding", "gzip");

        assertThat(answer.headers()).doesNotContainKey("content-encoding");
        assertThat(answer.text()).startsWith("data: [1,1,");
    }

    private RawAnswer put(Version version, byte[] body, String encoding) {
        return RawAnswer.to(
                version,
                server.port(),
                "PUT",
                "/m/text",
                body,
                "content-type",
                "application/json",
                "content-encoding",
                encoding);
    }

    private static byte[] packed(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
