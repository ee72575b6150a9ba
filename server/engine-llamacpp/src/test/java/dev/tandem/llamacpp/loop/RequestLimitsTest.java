package dev.tandem.llamacpp.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RequestLimitsTest {
    private static void isRefused(String name, ThrowingCallable call) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining(name);
    }

    @Test
    void samplingValuesMustBeFiniteAndInRange() {
        isRefused("temperature", () -> Sampling.random(Double.NaN));
        isRefused("temperature", () -> Sampling.random(-0.1));
        isRefused("temperature", () -> Sampling.random(Double.POSITIVE_INFINITY));
        isRefused("top_p", () -> Sampling.GREEDY.withCuts(0, 1.01, 0));
        isRefused("top_k", () -> Sampling.GREEDY.withCuts(-1, 1, 0));
        isRefused("min_p", () -> Sampling.GREEDY.withCuts(0, 1, Double.NaN));
        isRefused("presence_penalty", () -> Sampling.GREEDY.withPenalties(2.5, 0));
        isRefused("frequency_penalty", () -> Sampling.GREEDY.withPenalties(0, -2.5));
        isRefused("logit_bias of 7", () -> Sampling.GREEDY.withLogitBias(Map.of(7, 101.0)));
    }

    @Test
    void requestsHaveBounds() {
        GenerationRequest.Builder request = GenerationRequest.of(new int[] {1});
        assertThat(request.build().choices()).isEqualTo(1);
        isRefused("prompt", () -> GenerationRequest.of(new int[0]).build());
        isRefused("stop", () -> GenerationRequest.of(new int[1]).stops(List.of("")).build());
        isRefused(
                "4 stop",
                () -> GenerationRequest.of(new int[1]).stops(Collections.nCopies(5, "x")).build());
        isRefused("n must", () -> GenerationRequest.of(new int[1]).choices(0).build());
        isRefused("top_logprobs", () -> GenerationRequest.of(new int[1]).topLogprobs(21).build());
        isRefused("max_tokens", () -> GenerationRequest.of(new int[1]).maxTokens(-1).build());
    }

    @Test
    void aRequestDoesNotChangeWithTheArrayItWasMadeFrom() {
        int[] prompt = {1, 2};
        GenerationRequest request = GenerationRequest.of(prompt).build();
        prompt[0] = 9;
        assertThat(request.prompt()).containsExactly(1, 2);
    }
}
