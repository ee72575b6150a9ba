package dev.tandem.gateway.extract;

import dev.tandem.gateway.extract.message.KnownMessages;
import dev.tandem.gateway.model.Generation;
import dev.tandem.gateway.model.Models;
import dev.tandem.gateway.model.ServedModel;
import dev.tandem.gateway.service.UsageListener;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Service;
import dev.tandem.runtime.call.Sink;
import dev.tandem.structured.check.Violation;
import dev.tandem.v1.Capability;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ExtractRequest;
import dev.tandem.v1.Extraction;
import dev.tandem.v1.ExtractionServiceGrpc;
import dev.tandem.v1.ItemEvent;
import dev.tandem.v1.PartialExtraction;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;

/** Reads typed values out of texts. */
public final class ExtractionService {
    private final Models models;
    private final KnownMessages messages;
    private final InstantSource clock;
    private final UnaryOperator<String> ids;
    private final UsageListener usage;

    /**
     * @param messages those that requests can name
     * @param ids makes the ids of answers, by their kind: {@code extract}
     * @param usage is told what each call took, all its tries together
     */
    public ExtractionService(
            Models models,
            KnownMessages messages,
            InstantSource clock,
            UnaryOperator<String> ids,
            UsageListener usage) {
        this.models = models;
        this.messages = messages;
        this.clock = clock;
        this.ids = ids;
        this.usage = usage;
    }

    /** To be served. */
    public Service service() {
        return ExtractRules.declare(
                        Service.of(ExtractionServiceGrpc.getServiceDescriptor())
                                .unary(ExtractionServiceGrpc.getExtractMethod(), this::extract)
                                .stream(ExtractionServiceGrpc.getExtractItemsMethod(), this::items)
                                .stream(
                                        ExtractionServiceGrpc.getExtractPartialMethod(),
                                        this::partial))
                .build();
    }

    private Extraction extract(ExtractRequest request, Call call) throws InterruptedException {
        Wanted wanted = Wanted.of(request, messages).object();
        Examples.ofObjects(request, wanted);
        Tries tries = begin(Asked.object(request, wanted), call);
        boolean finished = false;
        try {
            Extraction extraction = whole(request, wanted, tries);
            finished = true;
            return extraction;
        } finally {
            usage.spent(call, tries.spent(finished));
        }
    }

    private static Extraction whole(ExtractRequest request, Wanted wanted, Tries tries)
            throws InterruptedException {
        Answer answer = tries.next(piece -> {});
        List<Violation> broken = wanted.violations(answer.json());
        while (!broken.isEmpty()) {
            tries.correct(answer, broken);
            answer = tries.next(piece -> {});
            broken = wanted.violations(answer.json());
        }
        Extraction.Builder extraction =
                Extraction.newBuilder()
                        .setId(tries.id())
                        .setModel(tries.model())
                        .setValue(answer.json())
                        .setMode(tries.mode())
                        .setTries(tries.count())
                        .setUsage(tries.usage());
        wanted.binary(request, answer.json()).ifPresent(extraction::setMessage);
        return extraction.build();
    }

    private void items(ExtractRequest request, Sink<ItemEvent> sink, Call call)
            throws InterruptedException {
        Wanted wanted = Wanted.of(request, messages);
        Examples.ofLists(request, wanted);
        Tries tries = begin(Asked.list(request, wanted), call);
        boolean finished = false;
        try {
            new ItemStream(request, wanted, tries, sink).run();
            finished = true;
        } finally {
            usage.spent(call, tries.spent(finished));
        }
    }

    private void partial(ExtractRequest request, Sink<PartialExtraction> sink, Call call)
            throws InterruptedException {
        Wanted wanted = Wanted.of(request, messages).object();
        Examples.ofObjects(request, wanted);
        Tries tries = begin(Asked.object(request, wanted), call);
        boolean finished = false;
        try {
            new PartialStream(request, wanted, tries, sink).run();
            finished = true;
        } finally {
            usage.spent(call, tries.spent(finished));
        }
    }

    private Tries begin(Asked asked, Call call) {
        Generation generation =
                Generation.begin(call, "extract", models, asked.request().getModel());
        ServedModel model = generation.model();
        model.engine(Capability.CAPABILITY_CHAT); // refused before anything is counted
        ChatChunk envelope =
                ChatChunk.newBuilder()
                        .setId(ids.apply("extract"))
                        .setCreated(clock.instant().getEpochSecond())
                        .setModel(model.name())
                        .build();
        return new Tries(generation, asked, envelope, call);
    }
}
