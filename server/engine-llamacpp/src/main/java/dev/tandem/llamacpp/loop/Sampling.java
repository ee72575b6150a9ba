package dev.tandem.llamacpp.loop;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the next token is chosen. The steps, in this order: {@code logitBias} is added to the logits
 * and the penalties are taken off; temperature 0 takes the largest; otherwise the logits are
 * divided by the temperature, {@code topK} keeps the largest, of those {@code topP} the smallest
 * set that has that share of the probability, {@code minP} drops what has less than that share of
 * the largest, and one of the rest is drawn.
 *
 * <p>A penalty counts the tokens generated so far, not the prompt: {@code logit - count ×
 * frequencyPenalty - (count > 0 ? 1 : 0) × presencePenalty}.
 *
 * @param temperature 0 to 100
 * @param topP 0 to 1; 1 keeps all, 0 only the largest
 * @param topK 0 keeps all
 * @param minP 0 to 1; 0 keeps all
 * @param presencePenalty -2 to 2
 * @param frequencyPenalty -2 to 2
 * @param logitBias from token id to -100 (never) .. 100 (always)
 * @param seed the same seed repeats a request exactly while nothing else runs; without one every
 *     run is different
 */
public record Sampling(
        double temperature,
        double topP,
        int topK,
        double minP,
        double presencePenalty,
        double frequencyPenalty,
        Map<Integer, Double> logitBias,
        @Nullable Long seed) {
    private static final double MAX_TEMPERATURE = 100;
    private static final double MAX_PENALTY = 2;
    private static final double MAX_BIAS = 100;

    /** Always the most likely token. */
    public static final Sampling GREEDY = new Sampling(0, 1, 0, 0, 0, 0, Map.of(), null);

    /** Refuses what is not finite or out of range, with a message that names the parameter. */
    public Sampling {
        within("temperature", temperature, 0, MAX_TEMPERATURE);
        within("top_p", topP, 0, 1);
        within("top_k", topK, 0, Integer.MAX_VALUE);
        within("min_p", minP, 0, 1);
        within("presence_penalty", presencePenalty, -MAX_PENALTY, MAX_PENALTY);
        within("frequency_penalty", frequencyPenalty, -MAX_PENALTY, MAX_PENALTY);
        logitBias = Map.copyOf(logitBias);
        logitBias.forEach(
                (token, bias) -> within("logit_bias of " + token, bias, -MAX_BIAS, MAX_BIAS));
    }

    /** Draws from the whole distribution at this temperature. */
    public static Sampling random(double temperature) {
        return new Sampling(temperature, 1, 0, 0, 0, 0, Map.of(), null);
    }

    /** The same with a seed. */
    public Sampling withSeed(long value) {
        return new Sampling(
                temperature, topP, topK, minP, presencePenalty, frequencyPenalty, logitBias, value);
    }

    /** The same with other cuts of the distribution. */
    public Sampling withCuts(int newTopK, double newTopP, double newMinP) {
        return new Sampling(
                temperature,
                newTopP,
                newTopK,
                newMinP,
                presencePenalty,
                frequencyPenalty,
                logitBias,
                seed);
    }

    /** The same with penalties. */
    public Sampling withPenalties(double presence, double frequency) {
        return new Sampling(temperature, topP, topK, minP, presence, frequency, logitBias, seed);
    }

    /** The same with a bias. */
    public Sampling withLogitBias(Map<Integer, Double> bias) {
        return new Sampling(
                temperature, topP, topK, minP, presencePenalty, frequencyPenalty, bias, seed);
    }

    boolean isGreedy() {
        return temperature == 0;
    }

    boolean adjustsLogits() {
        return !logitBias.isEmpty() || presencePenalty != 0 || frequencyPenalty != 0;
    }

    private static void within(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    name + " must be from " + least + " to " + most + ", not " + value);
        }
    }
}
