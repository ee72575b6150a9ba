package dev.tandem.gateway.quota;

import dev.tandem.engines.Engine;
import dev.tandem.engines.TokenLimit;
import dev.tandem.gateway.model.ServedModel;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Call;
import dev.tandem.v1.Capability;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.CompletionRequest;
import dev.tandem.v1.EmbeddingInput;
import dev.tandem.v1.EmbeddingRequest;
import dev.tandem.v1.ExtractRequest;
import dev.tandem.v1.Prompt;
import dev.tandem.v1.RerankDocument;
import dev.tandem.v1.RerankRequest;
import dev.tandem.v1.TokenizeRequest;

/**
 * How many tokens a request has and may get: counted by its model, where that can tell its tokens,
 * and otherwise estimated as a token for each 4 bytes.
 */
final class TokenCount {
    private static final int BYTES_OF_A_TOKEN = 4;

    /** What templates put around a message, about. */
    private static final int OF_A_MESSAGE = 4;

    /** Tokens of a continuation for which nothing is asked, as the API has it. */
    private static final int CONTINUATION = 16;

    private final int completionReserve;

    TokenCount(int completionReserve) {
        this.completionReserve = completionReserve;
    }

    /**
     * What a call may take.
     *
     * @param prompt tokens that are read
     * @param completion tokens that are generated, at most
     */
    record Cost(long prompt, long completion) {
        long total() {
            return prompt + completion;
        }
    }

    Cost of(ChatRequest request, ServedModel model, Call call) throws InterruptedException {
        TokenizeRequest.Builder asked =
                TokenizeRequest.newBuilder().addAllMessages(request.getMessagesList());
        long estimate = request.getMessagesList().stream().mapToLong(TokenCount::estimate).sum();
        long prompt = count(asked, estimate, model, call);
        int unset = reserve(model.engine(), prompt);
        long choices = request.hasN() ? request.getN() : 1;
        return new Cost(prompt, choices * TokenLimit.of(request).orElse(unset));
    }

    /**
     * As the first answer's conversation; those that follow are settled when the call has ended.
     */
    Cost of(ExtractRequest request, ServedModel model, Call call) throws InterruptedException {
        long messages = request.getMessagesList().stream().mapToLong(TokenCount::estimate).sum();
        long prompt =
                messages
                        + text(request.getText(), model, call)
                        + estimate(request.getSchema())
                        + estimate(request.getInstructions());
        int unset = reserve(model.engine(), prompt);
        return new Cost(prompt, request.hasMaxTokens() ? request.getMaxTokens() : unset);
    }

    private int reserve(Engine engine, long prompt) {
        int context = engine.contextLength().orElse(Integer.MAX_VALUE);
        return Math.clamp(context - prompt, 1, completionReserve);
    }

    Cost of(CompletionRequest request, ServedModel model, Call call) throws InterruptedException {
        long prompt = 0;
        for (Prompt one : request.getPromptList()) {
            prompt +=
                    one.hasTokens()
                            ? one.getTokens().getIdsCount()
                            : text(one.getText(), model, call);
        }
        long each = request.hasMaxTokens() ? request.getMaxTokens() : CONTINUATION;
        long choices =
                Math.max(request.getBestOf(), request.hasN() ? request.getN() : 1)
                        * (long) request.getPromptCount();
        return new Cost(prompt, choices * each);
    }

    Cost of(EmbeddingRequest request, ServedModel model, Call call) throws InterruptedException {
        long prompt = 0;
        for (EmbeddingInput one : request.getInputList()) {
            prompt +=
                    one.hasTokens()
                            ? one.getTokens().getIdsCount()
                            : text(one.getText(), model, call);
        }
        return new Cost(prompt, 0);
    }

    Cost of(RerankRequest request, ServedModel model, Call call) throws InterruptedException {
        long prompt = text(request.getQuery(), model, call);
        for (RerankDocument one : request.getDocumentsList()) {
            prompt += text(one.getText(), model, call);
        }
        return new Cost(prompt, 0);
    }

    private static long text(String text, ServedModel model, Call call)
            throws InterruptedException {
        return count(TokenizeRequest.newBuilder().setPrompt(text), estimate(text), model, call);
    }

    /** What the engine refuses to count it will refuse to answer. */
    private static long count(
            TokenizeRequest.Builder asked, long estimate, ServedModel model, Call call)
            throws InterruptedException {
        Engine engine = model.engine();
        if (!engine.capabilities().contains(Capability.CAPABILITY_TOKENIZE)) {
            return estimate;
        }
        try {
            return engine.tokenize(asked.setModel(model.engineModel()).build(), call).ids().size();
        } catch (ApiException e) {
            return estimate;
        }
    }

    private static long estimate(ChatMessage message) {
        return OF_A_MESSAGE + Math.ceilDiv((long) message.getSerializedSize(), BYTES_OF_A_TOKEN);
    }

    private static long estimate(String text) {
        return Math.ceilDiv(3L * text.length(), 2L * BYTES_OF_A_TOKEN) + 1;
    }
}
