package dev.tandem.llamacpp.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DrawTest {
    private static final int DRAWS = 20_000;

    /** Probabilities 0.4, 0.3, 0.2, 0.1, in another order. */
    private static final float[] FOUR = logits(0.2, 0.4, 0.1, 0.3);

    private static float[] logits(double... probabilities) {
        float[] logits = new float[probabilities.length];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) Math.log(probabilities[i]) + 7;
        }
        return logits;
    }

    private static double[] frequencies(float[] logits, Sampling sampling) {
        var random = new SplittableRandom(42);
        var draw = new Draw(logits.length);
        double[] frequencies = new double[logits.length];
        for (int i = 0; i < DRAWS; i++) {
            frequencies[draw.next(logits, sampling, random)] += 1.0 / DRAWS;
        }
        return frequencies;
    }

    private static void isAbout(double[] actual, double... expected) {
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(expected[i] == 0 ? 0 : 0.015));
        }
    }

    @Test
    void withoutCutsEveryTokenComesAsOftenAsTheModelSays() {
        isAbout(frequencies(FOUR, Sampling.random(1)), 0.2, 0.4, 0.1, 0.3);
    }

    @Test
    void temperatureSharpensOrFlattens() {
        isAbout(frequencies(FOUR, Sampling.random(0.5)), 4 / 30., 16 / 30., 1 / 30., 9 / 30.);
        isAbout(frequencies(FOUR, Sampling.random(100)), 0.25, 0.25, 0.25, 0.25);
    }

    @Test
    void topKKeepsTheLargest() {
        isAbout(frequencies(FOUR, Sampling.random(1).withCuts(2, 1, 0)), 0, 4 / 7., 0, 3 / 7.);
        isAbout(frequencies(FOUR, Sampling.random(1).withCuts(99, 1, 0)), 0.2, 0.4, 0.1, 0.3);
    }

    @Test
    void topPKeepsTheSmallestSetThatReachesIt() {
        isAbout(frequencies(FOUR, Sampling.random(1).withCuts(0, 0.65, 0)), 0, 4 / 7., 0, 3 / 7.);
        isAbout(
                frequencies(FOUR, Sampling.random(1).withCuts(0, 0.75, 0)),
                2 / 9.,
                4 / 9.,
                0,
                3 / 9.);
        isAbout(frequencies(FOUR, Sampling.random(1).withCuts(0, 0, 0)), 0, 1, 0, 0);
    }

    @Test
    void topPIsOfWhatTopKLeft() {
        // of the two kept, the first has 4/7 of the mass
        isAbout(frequencies(FOUR, Sampling.random(1).withCuts(2, 0.5, 0)), 0, 1, 0, 0);
    }

    @Test
    void minPIsAShareOfTheLargest() {
        isAbout(frequencies(FOUR, Sampling.random(1).withCuts(0, 1, 0.6)), 0, 4 / 7., 0, 3 / 7.);
        isAbout(frequencies(FOUR, Sampling.random(1).withCuts(0, 1, 1)), 0, 1, 0, 0);
    }

    @Test
    void equalLogitsAreEquallyLikelyAndTopKTakesTheFirstOfThem() {
        float[] equal = new float[1_000];
        assertThat(frequencies(equal, Sampling.random(1).withCuts(0, 0.999, 0))[500]).isPositive();
        isAbout(frequencies(equal, Sampling.random(1).withCuts(2, 1, 0)), 0.5, 0.5, 0);
    }

    @Test
    void aLargeVocabularyIsCutExactly() {
        float[] logits = new float[50_000];
        Random random = new Random(5);
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) random.nextGaussian() * 3;
        }
        Set<Integer> seen = new TreeSet<>();
        var draw = new Draw(logits.length);
        var source = new SplittableRandom(9);
        for (int i = 0; i < 300; i++) {
            seen.add(draw.next(logits, Sampling.random(100).withCuts(20, 1, 0), source));
        }
        List<Integer> largest = Arrays.stream(Logits.largest(logits, 20)).boxed().toList();
        assertThat(seen).containsExactlyInAnyOrderElementsOf(largest);
    }

    @Test
    void numbersThatAreNoneGiveNoToken() {
        var draw = new Draw(2);
        var random = new SplittableRandom(1);
        float minus = Float.NEGATIVE_INFINITY;
        assertThat(draw.next(new float[] {minus, minus}, Sampling.random(1), random)).isEqualTo(-1);
        assertThat(draw.next(new float[] {1, Float.NaN}, Sampling.random(1), random)).isEqualTo(-1);
        assertThat(draw.next(new float[] {1, Float.POSITIVE_INFINITY}, Sampling.random(1), random))
                .isEqualTo(-1);
        assertThat(draw.next(new float[] {minus, 3}, Sampling.random(1), random)).isEqualTo(1);
    }
}
