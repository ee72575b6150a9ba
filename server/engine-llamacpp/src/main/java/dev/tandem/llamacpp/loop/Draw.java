package dev.tandem.llamacpp.loop;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Draws a token from the distribution that logits, a temperature and the cuts describe. Without
 * cuts it walks the weights once; with cuts it sorts only the tokens that can survive: weights are
 * first counted in buckets by the leading bits of the number, which for positive floats are in the
 * order of their value. Keeps its arrays between draws; for one thread.
 */
final class Draw {
    private static final int BUCKET_SHIFT =
            20; // exponent and three bits: eight buckets for each power of two
    private static final int BUCKETS = (Float.floatToRawIntBits(1f) >>> BUCKET_SHIFT) + 1;
    private static final long INDEX_MASK = 0xffff_ffffL;

    private final float[] weights;
    private final int[] counts = new int[BUCKETS];
    private final double[] masses = new double[BUCKETS];
    private long[] kept = new long[256];

    Draw(int vocabularySize) {
        weights = new float[vocabularySize];
    }

    /** A token, -1 where the logits have no finite distribution. The temperature is above 0. */
    int next(float[] logits, Sampling sampling, RandomGenerator random) {
        int best = Logits.argmax(logits);
        if (best < 0) {
            return -1;
        }
        double sum = Logits.weigh(logits, logits[best], sampling.temperature(), weights);
        if (!(sum < Double.POSITIVE_INFINITY)) {
            return -1;
        }
        boolean cuts = sampling.topK() > 0 || sampling.topP() < 1 || sampling.minP() > 0;
        return cuts ? drawFromLargest(sampling, sum, random) : drawFromAll(sum, best, random);
    }

    private int drawFromAll(double sum, int best, RandomGenerator random) {
        double left = random.nextDouble() * sum;
        for (int token = 0; token < weights.length; token++) {
            left -= weights[token];
            if (left < 0) {
                return token;
            }
        }
        return best; // only where rounding left a rest
    }

    private int drawFromLargest(Sampling sampling, double sum, RandomGenerator random) {
        int count = keepLargest(sampling, sum);
        int size = sampling.topK() > 0 ? Math.min(sampling.topK(), count) : count;
        double mass = sampling.topK() > 0 ? mass(count, size) : sum;
        size = sizeOfNucleus(count, size, mass * sampling.topP());
        while (size > 1 && weight(count, size - 1) < sampling.minP()) {
            size--; // the largest weight is 1
        }
        double left = random.nextDouble() * mass(count, size);
        for (int rank = 0; rank < size; rank++) {
            left -= weight(count, rank);
            if (left < 0) {
                return token(count, rank);
            }
        }
        return token(count, 0);
    }

    /** Sorts the tokens of as many buckets, from the top, as hold what top_k or top_p may keep. */
    private int keepLargest(Sampling sampling, double sum) {
        Arrays.fill(counts, 0);
        Arrays.fill(masses, 0);
        for (float weight : weights) {
            int bucket = bucket(weight);
            counts[bucket]++;
            masses[bucket] += weight;
        }
        long most = sampling.topK() > 0 ? sampling.topK() : Long.MAX_VALUE;
        double share = sampling.topP() < 1 ? sampling.topP() * sum : Double.POSITIVE_INFINITY;
        int lowest = BUCKETS - 1;
        long count = counts[lowest];
        double mass = masses[lowest];
        while (lowest > bucket((float) sampling.minP()) && count < most && mass < share) {
            lowest--;
            count += counts[lowest];
            mass += masses[lowest];
        }
        return sortFrom(lowest, (int) count);
    }

    private int sortFrom(int lowestBucket, int count) {
        if (kept.length < count) {
            kept = new long[count];
        }
        int size = 0;
        for (int token = 0; token < weights.length; token++) {
            if (bucket(weights[token]) >= lowestBucket) {
                long order = (long) Float.floatToRawIntBits(weights[token]) << Integer.SIZE;
                kept[size++] =
                        order | (INDEX_MASK - token); // of equals the first token ranks higher
            }
        }
        Arrays.sort(kept, 0, size);
        return size;
    }

    /** How many of the largest reach the share; at least one, at most {@code size}. */
    private int sizeOfNucleus(int count, int size, double share) {
        double mass = 0;
        for (int rank = 0; rank < size; rank++) {
            mass += weight(count, rank);
            if (mass >= share) {
                return rank + 1;
            }
        }
        return size;
    }

    private double mass(int count, int size) {
        double mass = 0;
        for (int rank = 0; rank < size; rank++) {
            mass += weight(count, rank);
        }
        return mass;
    }

    /** The weight by rank: 0 is the largest, which the sort put last. */
    private float weight(int count, int rank) {
        return Float.intBitsToFloat((int) (kept[count - 1 - rank] >>> Integer.SIZE));
    }

    private int token(int count, int rank) {
        return (int) (INDEX_MASK - (kept[count - 1 - rank] & INDEX_MASK));
    }

    private static int bucket(float weight) {
        return Float.floatToRawIntBits(weight) >>> BUCKET_SHIFT;
    }
}
