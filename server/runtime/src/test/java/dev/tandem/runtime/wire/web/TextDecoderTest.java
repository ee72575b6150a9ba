package dev.tandem.runtime.wire.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.runtime.call.ApiException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextDecoderTest {
    private final TextDecoder decoder = new TextDecoder();

    @RepeatedTest(50)
    void anyRunsInAnyPiecesGiveTheSameBytes() {
        Random random = new Random();
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            byte[] run = new byte[random.nextInt(8)];
            random.nextBytes(run);
            plain.writeBytes(run);
            text.append(Base64.getEncoder().encodeToString(run));
        }
        ByteArrayOutputStream decoded = new ByteArrayOutputStream();
        for (int at = 0; at < text.length(); ) {
            int end = Math.min(text.length(), at + 1 + random.nextInt(7));
            decoded.writeBytes(decode(text.substring(at, end)));
            at = end;
        }
        assertThat(decoder.end()).isEmpty();
        assertThat(decoded.toByteArray()).isEqualTo(plain.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "A===", "=AAA", "AA=A", "AAAA AAAA", "AAAA\n", "AA-_", "é"})
    void refusesWhatIsNoBase64(String text) {
        assertThatThrownBy(() -> decode(text))
                .isInstanceOf(ApiException.class)
                .hasMessageStartingWith("malformed_frame");
    }

    @Test
    void refusesAnEndWithinAGroup() {
        assertThat(decode("AAAAAA")).hasSize(3);
        assertThatThrownBy(decoder::end)
                .isInstanceOf(ApiException.class)
                .hasMessageStartingWith("malformed_frame");
    }

    private byte[] decode(String text) {
        return decoder.decode(text.getBytes(StandardCharsets.UTF_8));
    }
}
