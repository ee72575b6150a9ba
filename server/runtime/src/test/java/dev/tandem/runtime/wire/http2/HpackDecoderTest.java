package dev.tandem.runtime.wire.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class HpackDecoderTest {
    private final HpackDecoder decoder = new HpackDecoder();

    private List<String> decode(byte[] block) {
        return decoder.decode(block).stream().map(f -> f.name() + "=" + f.value()).toList();
    }

    private List<String> decodeHex(String block) {
        return decode(HexFormat.of().parseHex(block.replace(" ", "")));
    }

    /** A literal with incremental indexing and a name of its own. */
    private static byte[] indexed(String name, String value) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(0x40);
        text(block, name);
        text(block, value);
        return block.toByteArray();
    }

    private static void text(ByteArrayOutputStream block, String text) {
        int rest = text.length();
        if (rest < 127) {
            block.write(rest);
        } else {
            block.write(127);
            for (rest -= 127; rest >= 128; rest >>= 7) {
                block.write((rest & 127) | 128);
            }
            block.write(rest);
        }
        block.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void requestsOfOneConnectionWithHuffmanCode() { // RFC 7541, appendix C.4
        assertThat(decodeHex("828684418cf1e3c2e5f23a6ba0ab90f4ff"))
                .containsExactly(
                        ":method=GET", ":scheme=http", ":path=/", ":authority=www.example.com");
        assertThat(decodeHex("828684be5886a8eb10649cbf"))
                .containsExactly(
                        ":method=GET",
                        ":scheme=http",
                        ":path=/",
                        ":authority=www.example.com",
                        "cache-control=no-cache");
        assertThat(decodeHex("828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf"))
                .containsExactly(
                        ":method=GET",
                        ":scheme=https",
                        ":path=/index.html",
                        ":authority=www.example.com",
                        "custom-key=custom-value");
    }

    @Test
    void requestsOfOneConnectionInPlainText() { // RFC 7541, appendix C.3
        decodeHex("828684410f7777772e6578616d706c652e636f6d");
        decodeHex("828684be58086e6f2d6361636865");
        assertThat(decodeHex("828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565"))
                .contains(":authority=www.example.com", "custom-key=custom-value");
    }

    @Test
    void theStaticTableIsWhole() {
        assertThat(decode(new byte[] {(byte) (0x80 | 61), (byte) (0x80 | 16), (byte) (0x80 | 8)}))
                .containsExactly(
                        "www-authenticate=", "accept-encoding=gzip, deflate", ":status=200");
    }

    @Test
    void aFieldLargerThanTheTableEmptiesIt() { // RFC 7541, section 4.4
        decode(indexed("a", "b"));
        assertThat(decode(indexed("x-big", "v".repeat(5000)))).hasSize(1);

        assertThatExceptionOfType(ConnectionError.class)
                .isThrownBy(() -> decode(new byte[] {(byte) (0x80 | 62)}));
    }

    @Test
    void theOldestFieldsMakeRoom() {
        for (int i = 0; i < 100; i++) {
            decode(indexed("name" + i, "v".repeat(1000)));
        }
        assertThat(decode(new byte[] {(byte) (0x80 | 62)}).getFirst()).startsWith("name99=");
        assertThat(decode(new byte[] {(byte) (0x80 | 64)}).getFirst()).startsWith("name97=");
        assertThatExceptionOfType(ConnectionError.class)
                .isThrownBy(() -> decode(new byte[] {(byte) (0x80 | 65)}));
    }

    @Test
    void pseudoHeadersMayHaveLiteralNames() {
        assertThat(decode(indexed(":path", "/a"))).containsExactly(":path=/a");
    }

    @Test
    void aSmallerTableKeepsLess() {
        decode(indexed("a", "b"));
        assertThat(decodeHex("20 82")).containsExactly(":method=GET"); // size 0

        assertThatExceptionOfType(ConnectionError.class)
                .isThrownBy(() -> decode(new byte[] {(byte) (0x80 | 62)}));
    }

    @Test
    void whatCannotBeDecodedEndsTheConnection() {
        for (String block :
                List.of(
                        "80", // index 0
                        "ff", // a number without end
                        "ffffffffffff", // too large
                        "40", // no name
                        "4005 6162", // shorter than it says
                        "3fe2ff03", // a table of 65,409 bytes
                        "82 20", // a new size in the middle
                        "0084 ffffffff 00")) { // EOS in Huffman code
            assertThatExceptionOfType(ConnectionError.class)
                    .as(block)
                    .isThrownBy(() ->
                            new HeadDecoder()
                                    .decode(HexFormat.of().parseHex(block.replace(" ", ""))));
        }
    }

    @Test
    void smallBlocksThatStandForLargeHeadersAreRefused() {
        decode(indexed("x", "v".repeat(4000)));
        byte[] bomb = new byte[100];
        Arrays.fill(bomb, (byte) (0x80 | 62));

        assertThatExceptionOfType(ConnectionError.class).isThrownBy(() -> decode(bomb));
    }
}
