package dev.tandem.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testing.Script;
import dev.tandem.testing.contract.EngineCall;
import dev.tandem.testing.contract.EngineContract;
import dev.tandem.testing.contract.Stage;
import dev.tandem.v1.ChunkChoice;
import dev.tandem.v1.ToolCallDelta;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BedrockEngineContractTest extends EngineContract {
    @Override
    protected Stage playing(Script script) {
        return Front.of(peer -> play(script, peer, true));
    }

    @Override
    protected Stage breaking(Script script) {
        return Front.of(peer -> play(script, peer, false));
    }

    @Override
    protected Stage overlong() {
        return Front.of(peer ->
                peer.refuse(
                        "400 Bad Request",
                        "ValidationException",
                        "Input is too long for requested model."));
    }

    @Override
    protected Stage overloaded() {
        return Front.of(peer ->
                peer.refuse(
                        "503 Service Unavailable",
                        "ServiceUnavailableException",
                        "busy",
                        "retry-after: 2"));
    }

    /** The API has one answer only. */
    @Override
    @Test
    protected void eachChoiceHasItsOwnRoleAndEnd() {
        try (Stage stage = playing(Script.saying("a"));
                EngineCall call =
                        EngineCall.begin(stage.engine(), EngineCall.hello().setN(2).build())) {
            call.awaitEnd();

            assertThat(Objects.requireNonNull(call.failure()).param()).isEqualTo("n");
        }
    }

    private static void play(Script script, Peer peer, boolean toItsEnd) throws IOException {
        peer.begin();
        String reason = "end_turn";
        for (Script.Step step : script.steps()) {
            switch (step) {
                case Script.Step.Send(ChunkChoice news) -> {
                    if (news.hasFinishReason()) {
                        reason = "tool_use";
                    } else if (news.getDelta().getToolCallsCount() > 0) {
                        call(news.getDelta().getToolCalls(0), peer);
                    } else {
                        peer.text(news.getDelta().getContent());
                    }
                }
                case Script.Step.Flood(String text) -> {
                    while (true) {
                        peer.text(text);
                    }
                }
                default -> {
                    peer.awaitLeaving();
                    return;
                }
            }
        }
        if (toItsEnd) {
            peer.stop(reason);
            peer.awaitLeaving();
        }
    }

    private static void call(ToolCallDelta call, Peer peer) throws IOException {
        int block = call.getIndex() + 1;
        if (call.hasId()) {
            peer.event(
                    "contentBlockStart",
                    "{\"contentBlockIndex\":%d,\"start\":{\"toolUse\":{\"toolUseId\":\"%s\",\"name\":\"%s\"}}}"
                            .formatted(block, call.getId(), call.getFunction().getName()));
        }
        peer.event(
                "contentBlockDelta",
                "{\"contentBlockIndex\":%d,\"delta\":{\"toolUse\":{\"input\":\"%s\"}}}"
                        .formatted(block, call.getFunction().getArguments()));
    }
}
