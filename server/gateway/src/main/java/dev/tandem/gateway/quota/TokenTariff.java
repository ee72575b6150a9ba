package dev.tandem.gateway.quota;

import com.google.protobuf.Message;
import dev.tandem.gateway.model.Models;
import dev.tandem.gateway.model.ServedModel;
import dev.tandem.gateway.quota.TokenCount.Cost;
import dev.tandem.gateway.service.Spent;
import dev.tandem.gateway.service.UsageListener;
import dev.tandem.runtime.auth.Caller;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Method;
import dev.tandem.runtime.limits.Charge;
import dev.tandem.runtime.limits.Limit;
import dev.tandem.runtime.limits.Spending;
import dev.tandem.runtime.limits.Tariff;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.CompletionRequest;
import dev.tandem.v1.DetokenizeRequest;
import dev.tandem.v1.EmbeddingRequest;
import dev.tandem.v1.ExtractRequest;
import dev.tandem.v1.RerankRequest;
import dev.tandem.v1.TokenizeRequest;
import dev.tandem.v1.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What calls of models take: each one request, and tokens of prompt and completion. Before the call
 * the prompt's, as counted, and as many as the completion may have; after it what the engine tells.
 */
public final class TokenTariff implements Tariff, UsageListener {
    private static final Call.Key<Cost> COST = new Call.Key<>("cost");
    private static final Cost FREE = new Cost(0, 0);

    private final Supplier<QuotaSettings> current;
    private final Models models;
    private final Function<Call, String> callers;
    private final Map<LimitSet, List<Limit>> limits = new ConcurrentHashMap<>(); // made once each

    /**
     * @param current asked by every call: the limits now
     * @param callers the name of who calls: the same on every server and for every call of the same
     *     caller; never a credential
     */
    public TokenTariff(
            Supplier<QuotaSettings> current, Models models, Function<Call, String> callers) {
        this.current = current;
        this.models = models;
        this.callers = callers;
    }

    @Override
    public @Nullable Pricing of(Method<?, ?> method) {
        return switch (method.request()) {
            case ChatRequest _,
                    ExtractRequest _,
                    CompletionRequest _,
                    EmbeddingRequest _,
                    RerankRequest _,
                    TokenizeRequest _,
                    DetokenizeRequest _ ->
                    this::charges;
            default -> null;
        };
    }

    private List<Charge> charges(Message request, Call call) throws InterruptedException {
        ServedModel model;
        try {
            model = models.named(name(request), call);
        } catch (ApiException e) {
            return List.of(); // refused by the handler in the same words
        }
        QuotaSettings settings = current.get();
        LimitSet ofCaller = settings.ofCaller(Caller.of(call).limits());
        LimitSet ofModel = settings.ofModel(model.name());
        LimitSet ofServer = settings.server();
        boolean counts =
                ofCaller.countsTokens() || ofModel.countsTokens() || ofServer.countsTokens();
        Cost cost = counts ? cost(settings, request, model, call) : FREE;
        if (cost.total() > 0) {
            call.put(COST, cost);
        }
        List<Charge> charges = new ArrayList<>(8);
        add(charges, "caller:" + callers.apply(call), "caller", ofCaller, cost);
        add(charges, "model:" + model.name(), "model " + model.name(), ofModel, cost);
        add(charges, "server", "server", ofServer, cost);
        return charges;
    }

    private void add(List<Charge> charges, String account, String whose, LimitSet set, Cost cost) {
        if (set.isNone()) {
            return;
        }
        for (Limit limit : limits.computeIfAbsent(set, LimitSet::limits)) {
            boolean requests = limit.amount().equals(Limit.REQUESTS);
            if (requests || cost.total() > 0) {
                charges.add(new Charge(account, whose, limit, requests ? 1 : cost.total()));
            }
        }
    }

    private static String name(Message request) {
        return switch (request) {
            case ChatRequest chat -> chat.getModel();
            case ExtractRequest extract -> extract.getModel();
            case CompletionRequest completion -> completion.getModel();
            case EmbeddingRequest embedding -> embedding.getModel();
            case RerankRequest rerank -> rerank.getModel();
            case TokenizeRequest tokenize -> tokenize.getModel();
            case DetokenizeRequest detokenize -> detokenize.getModel();
            default -> throw new IllegalArgumentException("no request of a model: " + request);
        };
    }

    private static Cost cost(QuotaSettings settings, Message request, ServedModel model, Call call)
            throws InterruptedException {
        TokenCount tokens = new TokenCount(settings.completionReserve());
        return switch (request) {
            case ChatRequest chat -> tokens.of(chat, model, call);
            case ExtractRequest extract -> tokens.of(extract, model, call);
            case CompletionRequest completion -> tokens.of(completion, model, call);
            case EmbeddingRequest embedding -> tokens.of(embedding, model, call);
            case RerankRequest rerank -> tokens.of(rerank, model, call);
            default -> FREE;
        };
    }

    /** Tells what the call took, for its limits. */
    @Override
    public void spent(Call call, Spent spent) {
        long taken = taken(call, spent);
        if (taken > 0) {
            Spending.of(call).ifPresent(spending -> spending.took(LimitSet.TOKENS, taken));
        }
    }

    /**
     * Where the engine did not tell: nothing, if it failed before its first piece; otherwise the
     * prompt as it was counted and the pieces that came.
     */
    private static long taken(Call call, Spent spent) {
        Usage usage = spent.usage();
        long told = (long) usage.getPromptTokens() + usage.getCompletionTokens();
        if (spent.counted()) {
            return told;
        }
        boolean worked = told > 0 || spent.finished() || call.cancelled() != null;
        return worked ? call.find(COST).map(Cost::prompt).orElse(0L) + told : 0;
    }
}
