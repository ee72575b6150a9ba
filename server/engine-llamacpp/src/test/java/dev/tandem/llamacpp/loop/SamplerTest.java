package dev.tandem.llamacpp.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SamplerTest {
    private static final float[] LOGITS = {1, 5, 4, 3};

    private static Sampler sampler(Sampling sampling, @Nullable TokenFilter filter) {
        return new Sampler(
                sampling,
                new SplittableRandom(1),
                new Draw(LOGITS.length),
                new float[LOGITS.length],
                filter);
    }

    private static List<Integer> tokens(Sampling sampling, int count) {
        List<Integer> tokens = new ArrayList<>();
        try (Sampler sampler = sampler(sampling, null)) {
            for (int i = 0; i < count; i++) {
                tokens.add(sampler.next(LOGITS));
            }
        }
        return tokens;
    }

    @Test
    void greedyTakesTheLargest() {
        assertThat(tokens(Sampling.GREEDY, 3)).containsExactly(1, 1, 1);
    }

    @Test
    void presenceIsTakenOffOnce() {
        // 5 and 4 fall to 3.5 and 2.5 once seen, never further
        assertThat(tokens(Sampling.GREEDY.withPenalties(1.5, 0), 5)).containsExactly(1, 2, 1, 1, 1);
    }

    @Test
    void frequencyIsTakenOffForEveryTime() {
        // 5, then 4 against 3.75, then 3.75 against 3 and 2.75, then 3
        assertThat(tokens(Sampling.GREEDY.withPenalties(0, 1.25), 4)).containsExactly(1, 2, 1, 3);
    }

    @Test
    void aNegativePenaltyFavoursWhatWasThere() {
        Sampling sampling =
                Sampling.GREEDY.withPenalties(-2, -2).withLogitBias(Map.of(2, 0.5, 1, 0.0));
        assertThat(tokens(sampling, 3)).containsExactly(1, 1, 1);
    }

    @Test
    void aBiasIsAddedToTheLogit() {
        assertThat(tokens(Sampling.GREEDY.withLogitBias(Map.of(0, 4.5)), 1)).containsExactly(0);
        assertThat(tokens(Sampling.GREEDY.withLogitBias(Map.of(0, 3.5)), 1)).containsExactly(1);
        assertThat(tokens(Sampling.GREEDY.withLogitBias(Map.of(1, -100.0)), 1)).containsExactly(2);
    }

    @Test
    void theLogitsOfTheModelStayAsTheyAre() {
        tokens(Sampling.GREEDY.withPenalties(2, 2).withLogitBias(Map.of(1, -100.0)), 3);
        assertThat(LOGITS).containsExactly(1, 5, 4, 3);
    }

    @Test
    void aFilterIsAskedForOneTokenFirst() {
        var digits = new Only(3);
        try (Sampler sampler = sampler(Sampling.GREEDY, digits)) {
            assertThat(sampler.next(LOGITS)).isEqualTo(3);
            assertThat(digits.filtered).isEqualTo(1);
            digits.allowed = 1;
            assertThat(sampler.next(LOGITS)).isEqualTo(1);
            assertThat(digits.filtered).isEqualTo(1);
            assertThat(digits.accepted).containsExactly(3, 1);
        }
        assertThat(digits.closed).isTrue();
        assertThat(LOGITS).containsExactly(1, 5, 4, 3);
    }

    @Test
    void whereTheFilterLeavesNothingTheGenerationFails() {
        try (Sampler sampler = sampler(Sampling.random(1), new Only(-1))) {
            assertThatThrownBy(() -> sampler.next(LOGITS)).isInstanceOf(EngineFailure.class);
        }
    }

    /** Allows one token. */
    private static final class Only implements TokenFilter {
        private final List<Integer> accepted = new ArrayList<>();
        private int allowed;
        private int filtered;
        private boolean closed;

        Only(int allowed) {
            this.allowed = allowed;
        }

        @Override
        public boolean allows(int token) {
            return token == allowed;
        }

        @Override
        public void filter(float[] logits) {
            filtered++;
            for (int token = 0; token < logits.length; token++) {
                logits[token] = token == allowed ? logits[token] : Float.NEGATIVE_INFINITY;
            }
        }

        @Override
        public void accept(int token) {
            accepted.add(token);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
