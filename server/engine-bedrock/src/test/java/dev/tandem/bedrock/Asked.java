package dev.tandem.bedrock;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.testing.contract.EngineCall;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatRequest;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What became of one call, and what the server was asked. */
record Asked(
        List<ChatChunk> chunks,
        String text,
        @Nullable ApiError error,
        List<Peer.Request> requests) {
    /** Asks an engine in front of a server that says this. */
    static Asked of(ChatRequest request, BedrockServer.Talk talk) {
        return of(request, talk, settings -> settings);
    }

    static Asked of(
            ChatRequest request, BedrockServer.Talk talk, UnaryOperator<BedrockSettings> change) {
        try (Front front = Front.of(talk, change);
                EngineCall call = EngineCall.begin(front.engine(), request)) {
            call.awaitEnd();
            return new Asked(call.chunks(), call.text(), call.failure(), front.server().requests());
        }
    }

    /** Asks what need not be answered. */
    static Asked sending(ChatRequest request) {
        return sending(request, settings -> settings);
    }

    static Asked sending(ChatRequest request, UnaryOperator<BedrockSettings> change) {
        return of(
                request,
                peer -> {
                    peer.begin();
                    peer.text("a");
                    peer.stop("end_turn");
                },
                change);
    }

    ApiError failure() {
        return Objects.requireNonNull(error, "nothing failed");
    }

    /** The body of the only request. */
    String sent() {
        if (requests.size() != 1) {
            throw new IllegalStateException(requests.size() + " requests; " + error);
        }
        return requests.getFirst().body();
    }
}
