package dev.tandem.gateway.service;

import dev.tandem.engines.Engine;
import dev.tandem.engines.Tokens;
import dev.tandem.gateway.model.Generation;
import dev.tandem.gateway.model.Models;
import dev.tandem.gateway.model.ServedModel;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Service;
import dev.tandem.v1.Capability;
import dev.tandem.v1.DetokenizeRequest;
import dev.tandem.v1.DetokenizeResponse;
import dev.tandem.v1.TokenServiceGrpc;
import dev.tandem.v1.TokenizeRequest;
import dev.tandem.v1.TokenizeResponse;

/**
 * Splits texts into tokens and joins them. Computes nothing with a model, so it counts no usage.
 */
public final class TokenService {
    private final Models models;

    /** For these models. */
    public TokenService(Models models) {
        this.models = models;
    }

    /** To be served. */
    public Service service() {
        return Service.of(TokenServiceGrpc.getServiceDescriptor())
                .unary(TokenServiceGrpc.getTokenizeMethod(), this::tokenize)
                .unary(TokenServiceGrpc.getDetokenizeMethod(), this::detokenize)
                .rule(
                        TokenServiceGrpc.getTokenizeMethod(),
                        TokenRules::prompt,
                        "prompt",
                        "messages",
                        "add_generation_prompt")
                .rule(
                        TokenServiceGrpc.getTokenizeMethod(),
                        request -> MessageRules.of(request.getMessagesList()),
                        "messages")
                .build();
    }

    private TokenizeResponse tokenize(TokenizeRequest request, Call call)
            throws InterruptedException {
        ServedModel model = Generation.begin(call, "tokenize", models, request.getModel()).model();
        Engine engine = model.engine(Capability.CAPABILITY_TOKENIZE);
        Tokens tokens =
                engine.tokenize(request.toBuilder().setModel(model.engineModel()).build(), call);
        TokenizeResponse.Builder answer =
                TokenizeResponse.newBuilder()
                        .setCount(tokens.ids().size())
                        .addAllTokens(tokens.ids())
                        .addAllTokenStrs(tokens.texts());
        engine.contextLength().ifPresent(answer::setMaxModelLen);
        return answer.build();
    }

    private DetokenizeResponse detokenize(DetokenizeRequest request, Call call)
            throws InterruptedException {
        ServedModel model =
                Generation.begin(call, "detokenize", models, request.getModel()).model();
        Engine engine = model.engine(Capability.CAPABILITY_TOKENIZE);
        String text =
                engine.detokenize(request.toBuilder().setModel(model.engineModel()).build(), call);
        return DetokenizeResponse.newBuilder().setPrompt(text).build();
    }
}
