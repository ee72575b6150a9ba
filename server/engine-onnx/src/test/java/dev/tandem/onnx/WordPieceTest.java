package dev.tandem.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WordPieceTest {
    private final WordPiece words = MiniLm.tokenizer();

    @Test
    void hardTextsHaveTheIdsOfTheOriginalTokenizer() {
        List<Truth> truths = Truth.read("tokens.jsonl");
        assertThat(truths).hasSizeGreaterThan(300);
        assertThat(truths)
                .allSatisfy(truth ->
                        assertThat(words.encode(truth.text()))
                                .as(truth.text())
                                .isEqualTo(truth.ids()));
    }

    @Test
    void idsBecomeTheTextOfTheOriginalTokenizer() {
        assertThat(Truth.read("decoded.jsonl"))
                .isNotEmpty()
                .allSatisfy(truth -> assertThat(words.decode(truth.ids())).isEqualTo(truth.text()));
    }

    @Test
    void halvesOfSurrogatePairsVanish() {
        assertThat(words.encode("ab\ud83dcd")).isEqualTo(words.encode("abcd"));
        assertThat(words.encode("\ude00abcd")).isEqualTo(words.encode("abcd"));
        assertThat(words.encode("\ude00\ud83d")).isEmpty();
    }

    @Test
    void anEmptyTextIsOnlyItsFrame() {
        assertThat(words.frame(words.encode(""))).containsExactly(101, 102);
    }

    @Test
    void aFrameIsAddedWhereItIsMissing() {
        assertThat(words.frame(new int[] {7, 8})).containsExactly(101, 7, 8, 102);
        assertThat(words.frame(new int[] {101, 7, 8})).containsExactly(101, 7, 8, 102);
        assertThat(words.frame(new int[] {7, 8, 102})).containsExactly(101, 7, 8, 102);
        assertThat(words.frame(new int[] {101, 7, 8, 102})).containsExactly(101, 7, 8, 102);
    }

    @Test
    void tokensHaveTheirNames() {
        assertThat(words.size()).isEqualTo(30_522);
        assertThat(words.token(101)).isEqualTo("[CLS]");
        assertThat(words.token(2075)).isEqualTo("##ing");
        assertThatThrownBy(() -> words.token(30_522)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    @Timeout(20)
    void fourMegabytesOfTheWorstWordsTakeSeconds() {
        // each word is searched piece by piece to its end and then given up
        String text = ("a".repeat(99) + "\u1234 ").repeat(40_000);
        long begin = System.nanoTime();
        assertThat(words.encode(text)).hasSize(40_000).containsOnly(100);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void aFileWithoutVocabularyIsRefused() {
        assertThatThrownBy(() -> read("{\"model\": {\"type\": \"WordPiece\"}}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no model.vocab");
        assertThatThrownBy(() -> read("{\"model\": {\"vocab\": {\"[UNK]\": 7}}}"))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read("{\"model\": ")).isInstanceOf(IOException.class);
    }

    private static WordPiece read(String json) throws IOException {
        return WordPiece.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }
}
