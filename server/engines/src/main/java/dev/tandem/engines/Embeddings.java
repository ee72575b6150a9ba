package dev.tandem.engines;

import java.util.List;

/**
 * Vectors of texts.
 *
 * @param vectors one for each input, in the inputs' order, all of the same length; not to be
 *     changed any more
 * @param promptTokens tokens of all inputs, those included that the model wants in front and behind
 */
public record Embeddings(List<float[]> vectors, int promptTokens) {
    public Embeddings {
        vectors = List.copyOf(vectors);
    }
}
