package dev.tandem.llamacpp.loop;

import java.util.ArrayList;
import java.util.List;

/**
 * Arithmetic over the logits of one row: plain loops over arrays, a fraction of a millisecond for
 * 50,000 tokens.
 */
final class Logits {
    private static final double LOG2_E = 1.4426950408889634;
    private static final double LN_2 = 0.6931471805599453;
    private static final double ROUND =
            0x1.8p52; // adding it leaves the nearest whole number in the low bits
    private static final double SMALLEST = -700; // e to this is still a normal number
    private static final int EXPONENT_SHIFT = 52;

    private Logits() {}

    /**
     * The token with the largest logit, the first of equals; -1 where none is above minus infinity.
     */
    static int argmax(float[] logits) {
        int best = -1;
        float most = Float.NEGATIVE_INFINITY;
        for (int token = 0; token < logits.length; token++) {
            if (logits[token] > most) {
                most = logits[token];
                best = token;
            }
        }
        return best;
    }

    /**
     * Writes e to the power of {@code (logit - most) / temperature} for each and returns their sum.
     */
    static double weigh(float[] logits, float most, double temperature, float[] weights) {
        double scale = 1 / temperature;
        double sum = 0;
        for (int token = 0; token < logits.length; token++) {
            double weight = exp((logits[token] - most) * scale);
            weights[token] = (float) weight;
            sum += weight;
        }
        return sum;
    }

    /** The logarithm of the sum of all e to the power of the logit. */
    static double logSum(float[] logits) {
        int best = argmax(logits);
        if (best < 0) {
            return Double.NEGATIVE_INFINITY;
        }
        float most = logits[best];
        double sum = 0;
        for (float logit : logits) {
            sum += exp(logit - most);
        }
        return most + Math.log(sum);
    }

    /** The token's logprob with that of the {@code alternatives} most likely tokens, best first. */
    static TokenLogprob logprob(float[] logits, int token, int alternatives) {
        double logSum = logSum(logits);
        List<TokenLogprob> top = new ArrayList<>(alternatives);
        for (int likely : largest(logits, alternatives)) {
            top.add(new TokenLogprob(likely, (float) (logits[likely] - logSum), List.of()));
        }
        return new TokenLogprob(token, (float) (logits[token] - logSum), List.copyOf(top));
    }

    /** The tokens with the {@code count} largest logits, largest first. */
    static int[] largest(float[] logits, int count) {
        int[] tokens = new int[Math.min(count, logits.length)];
        int size = 0;
        for (int token = 0; token < logits.length && tokens.length > 0; token++) {
            if (size == tokens.length && logits[token] <= logits[tokens[size - 1]]) {
                continue;
            }
            int at = size < tokens.length ? size++ : size - 1;
            for (; at > 0 && logits[token] > logits[tokens[at - 1]]; at--) {
                tokens[at] = tokens[at - 1];
            }
            tokens[at] = token;
        }
        return tokens;
    }

    /**
     * e to the power of a number that is not above 0, right to 1e-8 of its value; several times
     * faster than {@code Math.exp}. The number is split into whole powers of two, which go into the
     * exponent, and a rest of at most half of one, for which a polynomial is enough. NaN stays NaN.
     */
    static double exp(double power) {
        double x = power < SMALLEST ? SMALLEST : power;
        double rounded = x * LOG2_E + ROUND;
        double r = x - (rounded - ROUND) * LN_2;
        double p = 1 / 5040.0;
        p = p * r + 1 / 720.0;
        p = p * r + 1 / 120.0;
        p = p * r + 1 / 24.0;
        p = p * r + 1 / 6.0;
        p = p * r + 1 / 2.0;
        p = p * r + 1;
        p = p * r + 1;
        long powers = Double.doubleToRawLongBits(rounded) << EXPONENT_SHIFT;
        return Double.longBitsToDouble(Double.doubleToRawLongBits(p) + powers);
    }
}
