package dev.tandem.gateway.service;

import dev.tandem.engines.Engine;
import dev.tandem.engines.EngineReasons;
import dev.tandem.engines.Relevance;
import dev.tandem.gateway.model.Generation;
import dev.tandem.gateway.model.Models;
import dev.tandem.gateway.model.ServedModel;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Service;
import dev.tandem.v1.Capability;
import dev.tandem.v1.RankedDocument;
import dev.tandem.v1.RerankRequest;
import dev.tandem.v1.RerankResponse;
import dev.tandem.v1.RerankResult;
import dev.tandem.v1.RerankServiceGrpc;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Orders documents by relevance. */
public final class RerankService {
    private final Models models;
    private final UnaryOperator<String> ids;
    private final UsageListener usage;

    /**
     * @param ids makes the ids of answers, by their kind: {@code rerank}
     * @param usage is told what each call took
     */
    public RerankService(Models models, UnaryOperator<String> ids, UsageListener usage) {
        this.models = models;
        this.ids = ids;
        this.usage = usage;
    }

    /** To be served. */
    public Service service() {
        return Service.of(RerankServiceGrpc.getServiceDescriptor())
                .unary(RerankServiceGrpc.getRerankMethod(), this::rerank)
                .build();
    }

    private RerankResponse rerank(RerankRequest request, Call call) throws InterruptedException {
        ServedModel model = Generation.begin(call, "rerank", models, request.getModel()).model();
        Engine engine = model.engine(Capability.CAPABILITY_RERANK);
        ReadCall reading = new ReadCall(usage, call, model.name());
        try {
            Relevance found =
                    engine.rerank(request.toBuilder().setModel(model.engineModel()).build(), call);
            reading.took(found.promptTokens());
            RerankResponse answer =
                    RerankResponse.newBuilder()
                            .setId(ids.apply("rerank"))
                            .setModel(model.name())
                            .addAllResults(best(request, found.scores()))
                            .setUsage(Usages.told(found.promptTokens()))
                            .build();
            reading.finished();
            return answer;
        } finally {
            reading.tell();
        }
    }

    private static List<RerankResult> best(RerankRequest request, List<Double> scores) {
        if (scores.size() != request.getDocumentsCount()) {
            throw ApiError.of(
                            EngineReasons.UPSTREAM_ERROR,
                            "The model's engine ranked "
                                    + scores.size()
                                    + " of "
                                    + request.getDocumentsCount()
                                    + " documents; try again.")
                    .toException();
        }
        return IntStream.range(0, scores.size())
                .boxed()
                .sorted(Comparator.comparing(scores::get, Comparator.reverseOrder()))
                .limit(request.hasTopN() ? request.getTopN() : scores.size())
                .map(index -> result(request, index, scores.get(index)))
                .toList();
    }

    private static RerankResult result(RerankRequest request, int index, double score) {
        RerankResult.Builder result =
                RerankResult.newBuilder().setIndex(index).setRelevanceScore(score);
        if (!request.hasReturnDocuments() || request.getReturnDocuments()) {
            result.setDocument(
                    RankedDocument.newBuilder().setText(request.getDocuments(index).getText()));
        }
        return result.build();
    }
}
