package dev.tandem.llamacpp.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LogitsTest {
    @Test
    void argmaxIsTheFirstOfTheLargest() {
        assertThat(Logits.argmax(new float[] {1, 3, -2, 3})).isEqualTo(1);
        assertThat(Logits.argmax(new float[] {Float.NaN, -5, Float.NEGATIVE_INFINITY}))
                .isEqualTo(1);
        assertThat(Logits.argmax(new float[] {Float.NaN, Float.NEGATIVE_INFINITY})).isEqualTo(-1);
    }

    @Test
    void expIsRightToEightDigits() {
        for (double x = 0; x > -699; x -= 0.0137) {
            assertThat(Logits.exp(x) / Math.exp(x)).isCloseTo(1, within(1e-8));
        }
        assertThat(Logits.exp(0)).isEqualTo(1);
        assertThat(Logits.exp(Double.NEGATIVE_INFINITY)).isBetween(0.0, 1e-300);
        assertThat(Logits.exp(Double.NaN)).isNaN();
    }

    @Test
    void logprobsAreOfOneDistribution() {
        Random random = new Random(1);
        float[] logits = new float[1_000];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) (random.nextGaussian() * 4 + 10);
        }
        double sum = 0;
        for (int token = 0; token < logits.length; token++) {
            sum += Math.exp(Logits.logprob(logits, token, 0).logprob());
        }
        assertThat(sum).isCloseTo(1, within(1e-5));
    }

    @Test
    void alternativesAreTheLargestInOrder() {
        float[] logits = {
            (float) Math.log(2), (float) Math.log(5), (float) Math.log(1), (float) Math.log(2)
        };
        TokenLogprob logprob = Logits.logprob(logits, 2, 3);
        assertThat(logprob.logprob()).isCloseTo((float) Math.log(0.1), within(1e-6f));
        assertThat(logprob.top()).extracting(TokenLogprob::token).containsExactly(1, 0, 3);
        assertThat(logprob.top().getFirst().logprob())
                .isCloseTo((float) Math.log(0.5), within(1e-6f));
        assertThat(Logits.largest(logits, 20)).containsExactly(1, 0, 3, 2);
        assertThat(Logits.largest(logits, 0)).isEmpty();
    }
}
