package dev.tandem.llamacpp.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Utf8StreamTest {
    private final Utf8Stream stream = new Utf8Stream();

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @Test
    void aCharacterWaitsForItsLastByte() {
        byte[] utf8 = "é€😀".getBytes(StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder();
        for (byte one : utf8) {
            text.append(stream.decode(new byte[] {one}));
            assertThat(text.toString()).doesNotContain("\uFFFD");
        }
        assertThat(text.toString()).isEqualTo("é€😀");
        assertThat(stream.finish()).isEmpty();
    }

    @Test
    void anIncompleteEndIsOneReplacement() {
        assertThat(stream.decode(bytes('a', 0xF0, 0x9F, 0x98))).isEqualTo("a");
        assertThat(stream.finish()).isEqualTo("\uFFFD");
        assertThat(stream.finish()).isEmpty();
    }

    @Test
    void whatCannotBeACharacterIsReplacedAndTheRestKept() {
        assertThat(stream.decode(bytes(0xFF, 'a', 0x80, 'b'))).isEqualTo("\uFFFDa\uFFFDb");
        assertThat(stream.decode(bytes(0xE2, 0x82))).isEmpty();
        assertThat(stream.decode(bytes('c'))).isEqualTo("\uFFFDc");
        assertThat(stream.decode(bytes(0xED, 0xA0, 0x80))).isEqualTo("\uFFFD");
    }
}
