package dev.tandem.upstream.ask;

import java.util.List;

/** What a server's vectors must be. */
public final class VectorCheck {
    private VectorCheck() {}

    /**
     * Fails unless there is one vector for each input, all of one length, all finite.
     *
     * @param inputs how many there are
     */
    public static void check(List<float[]> vectors, int inputs, UpstreamErrors errors) {
        if (vectors.size() != inputs) {
            throw errors.broken("it answered " + vectors.size() + " of " + inputs + " inputs");
        }
        int length = vectors.isEmpty() ? 0 : vectors.getFirst().length;
        for (float[] vector : vectors) {
            if (vector.length == 0 || vector.length != length || !isFinite(vector)) {
                throw errors.broken("its vectors are empty, differ in length or are not finite");
            }
        }
    }

    private static boolean isFinite(float[] vector) {
        for (float each : vector) {
            if (!Float.isFinite(each)) {
                return false;
            }
        }
        return true;
    }
}
