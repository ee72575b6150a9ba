package dev.tandem.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The real model, which is on the class path. */
class MiniLmTest {
    /** Kept for the next run; a folder that vanishes while the library is loaded helps nobody. */
    static final Path LIBRARY = Path.of("target", "onnxruntime").toAbsolutePath();

    private static MiniLm model;

    @BeforeAll
    static void load() {
        model = MiniLm.load(LIBRARY, 1);
    }

    @AfterAll
    static void free() {
        model.close();
    }

    private static float[] embed(String text) {
        return model.embed(model.words().frame(model.words().encode(text)));
    }

    private static double similarity(String one, String other) {
        float[] b = embed(other);
        return Truth.cosine(
                embed(one), IntStream.range(0, b.length).mapToDouble(i -> b[i]).toArray());
    }

    @Test
    void embeddingsAreThoseOfTheOriginal() {
        // processors differ in how they round the eight-bit sums, so not to the last digit
        assertThat(Truth.read("vectors.jsonl"))
                .hasSizeGreaterThan(10)
                .allSatisfy(truth -> {
                    float[] embedding = embed(truth.text());
                    assertThat(Truth.cosine(embedding, truth.row("quantized")))
                            .isGreaterThan(0.999);
                    assertThat(Truth.cosine(embedding, truth.row("full"))).isGreaterThan(0.96);
                });
    }

    @Test
    void anEmbeddingHas384NumbersAndTheLength1() {
        float[] embedding = embed("Hello, world!");
        assertThat(embedding).hasSize(384);
        assertThat(
                        Math.sqrt(
                                IntStream.range(0, 384)
                                        .mapToDouble(i -> embedding[i] * embedding[i])
                                        .sum()))
                .isCloseTo(1, within(1e-5));
    }

    @Test
    void aKittenIsMoreOfACatThanACarIs() {
        assertThat(similarity("a cat", "a kitten"))
                .isGreaterThan(0.5)
                .isGreaterThan(similarity("a cat", "a car") + 0.2);
        assertThat(similarity("How do I reset my password?", "I forgot my login credentials"))
                .isGreaterThan(
                        similarity("How do I reset my password?", "The weather is nice") + 0.3);
    }

    @Test
    void theLongestTextIsComputed() {
        int[] ids = IntStream.range(0, MiniLm.CONTEXT).map(i -> 2000 + i).toArray();
        assertThat(model.embed(ids)).hasSize(384).doesNotContain(Float.NaN);
    }

    @Test
    void manyThreadsGetWhatOneGets() throws Exception {
        List<String> texts = IntStream.range(0, 40).mapToObj(i -> "Text number " + i).toList();
        List<float[]> alone = texts.stream().map(MiniLmTest::embed).toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<float[]>> together =
                    threads.invokeAll(
                            texts.stream()
                                    .<Callable<float[]>>map(text -> () -> embed(text))
                                    .toList());
            for (int i = 0; i < texts.size(); i++) {
                assertThat(together.get(i).get()).isEqualTo(alone.get(i));
            }
        }
    }
}
