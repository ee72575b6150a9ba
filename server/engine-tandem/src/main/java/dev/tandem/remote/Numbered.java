package dev.tandem.remote;

import dev.tandem.engines.Embeddings;
import dev.tandem.engines.Relevance;
import dev.tandem.v1.Embedding;
import dev.tandem.v1.EmbeddingResponse;
import dev.tandem.v1.RerankResponse;
import dev.tandem.v1.RerankResult;
import dev.tandem.v1.Vector;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Answers whose parts say by a number what they belong to, put into the request's order. */
final class Numbered {
    private Numbered() {}

    static Embeddings vectors(EmbeddingResponse answer, int inputs, RemoteErrors errors) {
        float[][] vectors = new float[inputs][];
        for (Embedding each : answer.getDataList()) {
            int index = each.getIndex();
            if (index < 0 || index >= inputs || vectors[index] != null) {
                throw errors.broken("it numbers its vectors as nobody asked");
            }
            vectors[index] = floats(each.getEmbedding());
        }
        if (answer.getDataCount() != inputs) {
            throw errors.broken(
                    "it answered " + answer.getDataCount() + " of " + inputs + " inputs");
        }
        return new Embeddings(Arrays.asList(vectors), answer.getUsage().getPromptTokens());
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

    static Relevance scores(RerankResponse answer, int documents, RemoteErrors errors) {
        List<@Nullable Double> scores = new ArrayList<>();
        for (int i = 0; i < documents; i++) {
            scores.add(null);
        }
        for (RerankResult each : answer.getResultsList()) {
            int index = each.getIndex();
            if (index < 0
                    || index >= documents
                    || scores.set(index, each.getRelevanceScore()) != null) {
                throw errors.broken("it numbers its scores as nobody asked");
            }
        }
        if (answer.getResultsCount() != documents) {
            throw errors.broken(
                    "it ranked " + answer.getResultsCount() + " of " + documents + " documents");
        }
        return new Relevance(
                scores.stream().map(Objects::requireNonNull).toList(),
                answer.getUsage().getPromptTokens());
    }
}
