package dev.tandem.llamacpp.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFactsTest {
    @TempDir Path folder;

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("model.gguf"), bytes);
    }

    private void isRefused(GgufBytes gguf, String reason) throws IOException {
        isRefused(gguf.bytes(), reason);
    }

    private void isRefused(byte[] bytes, String reason) throws IOException {
        Path file = file(bytes);
        assertThatExceptionOfType(BadModelFile.class)
                .isThrownBy(() -> ModelFacts.read(file))
                .withMessageContaining("model.gguf")
                .withMessageContaining(reason);
    }

    @Test
    void factsComeOutOfTheHeader() throws IOException {
        assertThat(ModelFacts.read(file(GgufBytes.model().bytes())))
                .isEqualTo(
                        new ModelFacts(
                                "llama",
                                "Tiny",
                                2_048,
                                2,
                                64,
                                2 * 2 * 32,
                                3,
                                804,
                                "{{ messages }}"));
    }

    @Test
    void kvHeadsMayDifferByLayer() throws IOException {
        byte[] bytes =
                new GgufBytes()
                        .text("general.architecture", "mix")
                        .number("mix.context_length", 128)
                        .number("mix.block_count", 3)
                        .number("mix.embedding_length", 64)
                        .number("mix.attention.head_count", 4)
                        .numbers("mix.attention.head_count_kv", 0, 2, 4)
                        .number("mix.attention.key_length", 24)
                        .number("mix.attention.value_length", 8)
                        .text("tokenizer.ggml.model", "gpt2")
                        .texts("tokenizer.ggml.tokens", "a")
                        .tensor("w", 0, 4, 1)
                        .bytes();
        assertThat(ModelFacts.read(file(bytes)).kvElementsPerToken()).isEqualTo(6 * 32);
    }

    @Test
    void whatIsNoGgufIsRefused() throws IOException {
        isRefused(new byte[0], "does not begin with GGUF");
        isRefused("PK\3\4 and more".getBytes(java.nio.charset.StandardCharsets.US_ASCII), "GGUF");
        byte[] old = GgufBytes.model().bytes();
        old[4] = 1;
        isRefused(old, "version 1");
        byte[] bigEndian = GgufBytes.model().bytes();
        bigEndian[4] = 0;
        bigEndian[7] = 3;
        isRefused(bigEndian, "little-endian");
    }

    @Test
    void aMissingFileIsABadOne() {
        assertThatExceptionOfType(BadModelFile.class)
                .isThrownBy(() -> ModelFacts.read(folder.resolve("absent.gguf")))
                .withMessageContaining("absent.gguf");
        assertThatExceptionOfType(BadModelFile.class).isThrownBy(() -> ModelFacts.read(folder));
    }

    @Test
    void weightsThatCrashTheEngineAreRefused() throws IOException {
        isRefused(GgufBytes.model().tensor("f64", 28, 8, 1), "type 28");
        isRefused(GgufBytes.model().tensor("i32", 26, 4, 1), "type 26");
        isRefused(GgufBytes.model().tensor("removed", 4, 4, 1), "type 4");
        isRefused(GgufBytes.model().tensor("future", 99, 4, 1), "type 99");
    }

    @Test
    void weightsMustHavePossibleSizesAndPlaces() throws IOException {
        isRefused(GgufBytes.model().tensor("w", 2, 18, 31), "no whole blocks");
        isRefused(GgufBytes.model().tensor("w", 0, 0, 0), "impossible size");
        isRefused(GgufBytes.model().tensor("w", 0, 0, -1), "impossible size");
        isRefused(GgufBytes.model().tensor("w", 0, 0, 1L << 40, 1L << 40), "impossible size");
        isRefused(GgufBytes.model().tensor("w", 0, 4, 1, 1, 1, 1, 1), "5 dimensions");
        isRefused(GgufBytes.model().tensorAt(64, "w", 0, 4, 1), "is at 64");
        isRefused(GgufBytes.model().tensor("w", 0, 4, 1 << 20), "incomplete");
        isRefused(GgufBytes.model().tensor("output.weight", 0, 4, 1), "twice");
    }

    @Test
    void valuesThatTheEngineTrustsAreChecked() throws IOException {
        isRefused(GgufBytes.model().text("general.name", "again"), "twice");
        isRefused(GgufBytes.model().number("general.alignment", 33), "power of two");
        isRefused(GgufBytes.model().texts("tokenizer.ggml.scores", "x"), "scores");
        isRefused(new GgufBytes().tensor("w", 0, 4, 1), "general.architecture");
        isRefused(
                new GgufBytes().text("general.architecture", "clip").tensor("w", 0, 4, 1),
                "no language model");
        isRefused(with("llama.block_count", 0), "block_count is 0");
        isRefused(with("llama.attention.head_count", 0), "head_count is 0");
        isRefused(with("llama.attention.head_count", 5), "do not divide");
        isRefused(with("llama.attention.head_count_kv", 5), "5 KV heads");
        isRefused(with("llama.context_length", -1), "context_length");
    }

    @Test
    void aVocabularyMustBeThereAndDistinct() throws IOException {
        isRefused(
                tiny().texts("tokenizer.ggml.tokens", "a", "b", "a").tensor("w", 0, 4, 1),
                "a token twice");
        isRefused(tiny().number("tokenizer.ggml.tokens", 3).tensor("w", 0, 4, 1), "no vocabulary");
    }

    private static GgufBytes tiny() {
        return new GgufBytes()
                .text("general.architecture", "llama")
                .text("tokenizer.ggml.model", "gpt2")
                .number("llama.context_length", 128)
                .number("llama.block_count", 1)
                .number("llama.embedding_length", 4)
                .number("llama.attention.head_count", 1);
    }

    /** The small model with one value that is wrong. */
    private static GgufBytes with(String key, int wrong) {
        GgufBytes gguf =
                new GgufBytes()
                        .text("general.architecture", "llama")
                        .text("tokenizer.ggml.model", "gpt2")
                        .texts("tokenizer.ggml.tokens", "a")
                        .tensor("w", 0, 4, 1);
        String[] keys = {
            "llama.context_length",
            "llama.block_count",
            "llama.embedding_length",
            "llama.attention.head_count",
            "llama.attention.head_count_kv"
        };
        int[] right = {128, 1, 64, 4, 4};
        for (int i = 0; i < keys.length; i++) {
            gguf.number(keys[i], keys[i].equals(key) ? wrong : right[i]);
        }
        return gguf;
    }

    @Test
    void claimsOfMoreThanTheFileHoldsAreRefusedBeforeMemoryIsTaken() throws IOException {
        byte[] bytes = GgufBytes.model().bytes();
        for (int at = 8; at < 24; at += 8) {
            byte[] claims = bytes.clone();
            Arrays.fill(claims, at, at + 7, (byte) 0xff);
            isRefused(claims, "more than it can hold");
        }
    }

    @Test
    void aFileCutAnywhereIsRefused() throws IOException {
        byte[] bytes = GgufBytes.model().bytes();
        int end = bytes.length - 28; // the last weight's padding may be missing
        for (int length = 0; length < end; length++) {
            isRefused(Arrays.copyOf(bytes, length), "");
        }
        assertThat(ModelFacts.read(file(Arrays.copyOf(bytes, end)))).isNotNull();
    }

    @Test
    void flippedBytesAreReadOrRefusedAndNothingElse() throws IOException {
        byte[] bytes = GgufBytes.model().bytes();
        Random random = new Random(20);
        int refused = 0;
        for (int round = 0; round < 2_000; round++) {
            byte[] broken = bytes.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                broken[random.nextInt(bytes.length - 900)] = (byte) random.nextInt(256);
            }
            Path file = file(broken);
            try {
                assertThat(ModelFacts.read(file).vocabularySize()).isPositive();
            } catch (BadModelFile e) {
                assertThat(e).hasMessageContaining("model.gguf");
                refused++;
            }
        }
        assertThat(refused).isBetween(400, 1_999);
    }
}
