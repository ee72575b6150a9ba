package dev.tandem.gateway.service;

import com.google.protobuf.UnsafeByteOperations;
import dev.tandem.engines.Embeddings;
import dev.tandem.engines.Engine;
import dev.tandem.engines.EngineReasons;
import dev.tandem.gateway.model.Generation;
import dev.tandem.gateway.model.Models;
import dev.tandem.gateway.model.ServedModel;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Service;
import dev.tandem.v1.Capability;
import dev.tandem.v1.Embedding;
import dev.tandem.v1.EmbeddingRequest;
import dev.tandem.v1.EmbeddingResponse;
import dev.tandem.v1.EmbeddingServiceGrpc;
import dev.tandem.v1.EncodingFormat;
import dev.tandem.v1.Vector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Turns texts into vectors. */
public final class EmbeddingService {
    private final Models models;
    private final UsageListener usage;

    /**
     * @param usage is told what each call took
     */
    public EmbeddingService(Models models, UsageListener usage) {
        this.models = models;
        this.usage = usage;
    }

    /** To be served. */
    public Service service() {
        return Service.of(EmbeddingServiceGrpc.getServiceDescriptor())
                .unary(EmbeddingServiceGrpc.getEmbedMethod(), this::embed)
                .build();
    }

    private EmbeddingResponse embed(EmbeddingRequest request, Call call)
            throws InterruptedException {
        ServedModel model =
                Generation.begin(call, "embeddings", models, request.getModel()).model();
        Engine engine = model.engine(Capability.CAPABILITY_EMBEDDING);
        ReadCall reading = new ReadCall(usage, call, model.name());
        try {
            Embeddings made =
                    engine.embed(request.toBuilder().setModel(model.engineModel()).build(), call);
            reading.took(made.promptTokens());
            EmbeddingResponse answer = answer(request, made).setModel(model.name()).build();
            reading.finished();
            return answer;
        } finally {
            reading.tell();
        }
    }

    private static EmbeddingResponse.Builder answer(EmbeddingRequest request, Embeddings made) {
        if (made.vectors().size() != request.getInputCount()) {
            throw ApiError.of(
                            EngineReasons.UPSTREAM_ERROR,
                            "The model's engine answered "
                                    + made.vectors().size()
                                    + " of "
                                    + request.getInputCount()
                                    + " inputs; try again.")
                    .toException();
        }
        boolean packed = request.getEncodingFormat() == EncodingFormat.ENCODING_FORMAT_BASE64;
        EmbeddingResponse.Builder answer =
                EmbeddingResponse.newBuilder().setUsage(Usages.told(made.promptTokens()));
        for (int i = 0; i < made.vectors().size(); i++) {
            float[] vector = made.vectors().get(i);
            answer.addData(
                    Embedding.newBuilder()
                            .setIndex(i)
                            .setEmbedding(packed ? packed(vector) : floats(vector)));
        }
        return answer;
    }

    private static Vector floats(float[] numbers) {
        Vector.Builder vector = Vector.newBuilder();
        for (float number : numbers) {
            vector.addFloats(number);
        }
        return vector.build();
    }

    private static Vector packed(float[] numbers) {
        ByteBuffer bytes =
                ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        return Vector.newBuilder().setPacked(UnsafeByteOperations.unsafeWrap(bytes)).build();
    }
}
