package dev.tandem.testing;

import dev.tandem.engines.Embeddings;
import dev.tandem.engines.Refusal;
import dev.tandem.v1.EmbeddingInput;
import dev.tandem.v1.EmbeddingRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Vectors of length 1 that depend on the text alone; a token is a byte of the text. */
final class ScriptedVectors {
    private static final int DIMENSIONS = 8;
    private static final int MOST_DIMENSIONS = 1024;

    private ScriptedVectors() {}

    static Embeddings of(EmbeddingRequest request) {
        int dimensions = request.hasDimensions() ? request.getDimensions() : DIMENSIONS;
        if (dimensions > MOST_DIMENSIONS) {
            throw Refusal.unsupportedValue(
                    "dimensions", "This model's vectors have at most " + MOST_DIMENSIONS + ".");
        }
        List<float[]> vectors = new ArrayList<>();
        int tokens = 0;
        for (int i = 0; i < request.getInputCount(); i++) {
            String text = text(request.getInput(i), "input[" + i + "]");
            vectors.add(vector(text, dimensions));
            tokens += ByteTokens.split(text).size();
        }
        return new Embeddings(vectors, tokens);
    }

    private static String text(EmbeddingInput input, String field) {
        return input.hasTokens()
                ? ByteTokens.join(input.getTokens().getIdsList(), field)
                : input.getText();
    }

    private static float[] vector(String text, int dimensions) {
        SplittableRandom random = new SplittableRandom(text.hashCode());
        double[] numbers = random.doubles(dimensions, 0.1, 1).toArray();
        double length = 0;
        for (double number : numbers) {
            length += number * number;
        }
        float[] vector = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            vector[i] = (float) (numbers[i] / Math.sqrt(length));
        }
        return vector;
    }
}
