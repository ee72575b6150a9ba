package dev.tandem.llamacpp.loop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextStreamTest {
    private final TextStream text = new TextStream(List.of("STOP"), AnswerForm.TEXT);

    private void add(int token, String bytes) {
        text.add(bytes.getBytes(UTF_8), new TokenLogprob(token, -1f, List.of()));
    }

    private List<Integer> tokens(boolean last) {
        return text.takeLogprobs(last).stream().map(TokenLogprob::token).toList();
    }

    @Test
    void logprobsComeWithTheirText() {
        add(1, "one ");
        assertThat(text.takeText()).isEqualTo("one ");
        assertThat(tokens(false)).containsExactly(1);
        add(2, "two ST");
        assertThat(text.takeText()).isEqualTo("two ");
        assertThat(tokens(false)).isEmpty();
        add(3, "ART");
        assertThat(text.takeText()).isEqualTo("START");
        assertThat(tokens(false)).containsExactly(2, 3);
    }

    @Test
    void tokensOfTheStopAreNotTold() {
        add(1, "one ");
        add(2, "two ST");
        add(3, "OP");
        text.finish();
        assertThat(text.stopped()).isTrue();
        assertThat(text.takeText()).isEqualTo("one two ");
        assertThat(tokens(true)).containsExactly(1, 2);
    }

    @Test
    void theEndReleasesEverythingHeldBack() {
        add(1, "one S");
        text.add(new byte[] {(byte) 0xE2}, new TokenLogprob(2, -1f, List.of()));
        assertThat(text.takeText()).isEqualTo("one ");
        text.finish();
        assertThat(text.takeText()).isEqualTo("S\uFFFD");
        assertThat(tokens(true)).containsExactly(1, 2);
    }

    @Test
    void aCharacterInTwoTokensComesWithBothLogprobs() {
        byte[] utf8 = "é".getBytes(UTF_8);
        text.add(new byte[] {utf8[0]}, new TokenLogprob(1, -1f, List.of()));
        assertThat(text.takeText()).isEmpty();
        text.add(new byte[] {utf8[1]}, new TokenLogprob(2, -1f, List.of()));
        assertThat(text.takeText()).isEqualTo("é");
        text.takeLogprobs(false);
        assertThat(tokens(true)).isEmpty();
    }
}
