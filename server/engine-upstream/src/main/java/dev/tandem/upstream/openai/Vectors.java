package dev.tandem.upstream.openai;

import dev.tandem.engines.Embeddings;
import dev.tandem.upstream.ask.UpstreamErrors;
import dev.tandem.upstream.ask.VectorCheck;
import dev.tandem.v1.Embedding;
import dev.tandem.v1.EmbeddingRequest;
import dev.tandem.v1.EmbeddingResponse;
import dev.tandem.v1.Vector;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The vectors of an answer, checked: one for each input, in the inputs' order. */
final class Vectors {
    private Vectors() {}

    static Embeddings of(
            EmbeddingRequest request, EmbeddingResponse answer, UpstreamErrors errors) {
        int inputs = request.getInputCount();
        SortedMap<Integer, float[]> vectors = new TreeMap<>();
        for (Embedding each : answer.getDataList()) {
            int index = each.getIndex();
            float[] vector = floats(each.getEmbedding());
            if (index < 0 || index >= inputs || vectors.put(index, vector) != null) {
                throw errors.broken("it numbers its vectors as nobody asked");
            }
        }
        List<float[]> all = List.copyOf(vectors.values());
        VectorCheck.check(all, inputs, errors);
        return new Embeddings(all, answer.getUsage().getPromptTokens());
    }

    private static float[] floats(Vector vector) {
        if (vector.hasPacked()) {
            FloatBuffer packed =
                    vector.getPacked()
                            .asReadOnlyByteBuffer()
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .asFloatBuffer();
            float[] floats = new float[packed.remaining()];
            packed.get(floats);
            return floats;
        }
        float[] floats = new float[vector.getFloatsCount()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = vector.getFloats(i);
        }
        return floats;
    }
}
