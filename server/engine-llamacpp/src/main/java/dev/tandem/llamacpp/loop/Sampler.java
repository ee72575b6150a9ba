package dev.tandem.llamacpp.loop;

import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the tokens of one choice, as {@link Sampling} says. In Java rather than in llama.cpp's
 * sampler chain: the API's meaning of penalties and bias is exact here, nothing native has to be
 * freed, and the largest of 50,000 logits costs less than filling the chain's candidate array.
 */
final class Sampler implements AutoCloseable {
    private final Sampling sampling;
    private final RandomGenerator random;
    private final Draw draw;
    private final float[] adjusted;
    private final @Nullable TokenFilter filter;
    private final Map<Integer, Integer> counts = new HashMap<>();

    /**
     * @param adjusted space for the logits, shared by all samplers of the thread
     * @param filter closed with the sampler
     */
    Sampler(
            Sampling sampling,
            RandomGenerator random,
            Draw draw,
            float[] adjusted,
            @Nullable TokenFilter filter) {
        this.sampling = sampling;
        this.random = random;
        this.draw = draw;
        this.adjusted = adjusted;
        this.filter = filter;
    }

    /**
     * The next token; counted as chosen.
     *
     * @param logits left as they are
     * @throws EngineFailure where no token has a finite logit
     */
    int next(float[] logits) {
        float[] candidates = adjust(logits);
        int token = pick(candidates);
        if (filter != null && token >= 0) {
            while (token >= 0 && !filter.allows(token)) {
                token = pick(filtered(candidates, filter));
            }
            if (token >= 0) {
                filter.accept(token);
            }
        }
        if (token < 0) {
            throw new EngineFailure("the model computed no finite number for any token");
        }
        if (sampling.presencePenalty() != 0 || sampling.frequencyPenalty() != 0) {
            counts.merge(token, 1, Integer::sum);
        }
        return token;
    }

    private int pick(float[] candidates) {
        return sampling.isGreedy()
                ? Logits.argmax(candidates)
                : draw.next(candidates, sampling, random);
    }

    private float[] adjust(float[] logits) {
        if (!sampling.adjustsLogits()) {
            return logits;
        }
        System.arraycopy(logits, 0, adjusted, 0, logits.length);
        sampling.logitBias().forEach((token, bias) -> adjusted[token] += bias.floatValue());
        counts.forEach((token, count) ->
                adjusted[token] -=
                        (float) (count * sampling.frequencyPenalty() + sampling.presencePenalty()));
        return adjusted;
    }

    private float[] filtered(float[] candidates, TokenFilter by) {
        if (!sampling.adjustsLogits()) {
            System.arraycopy(candidates, 0, adjusted, 0, candidates.length);
        }
        by.filter(adjusted);
        return adjusted;
    }

    @Override
    public void close() {
        if (filter != null) {
            filter.close();
        }
    }
}
