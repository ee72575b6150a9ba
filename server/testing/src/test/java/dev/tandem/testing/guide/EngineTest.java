package dev.tandem.testing.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.engines.Engine;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.Service;
import dev.tandem.testing.Gate;
import dev.tandem.testing.OpenCall;
import dev.tandem.testing.Run;
import dev.tandem.testing.Script;
import dev.tandem.testing.ScriptedEngine;
import dev.tandem.testing.TestServer;
import dev.tandem.testing.Wire;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatCompletion;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ChatServiceGrpc;
import dev.tandem.v1.ContentPart;
import dev.tandem.v1.Role;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/testing.md: a service on top of an engine. */
class EngineTest {
    private static final ChatRequest QUESTION =
            ChatRequest.newBuilder()
                    .setModel("m")
                    .addMessages(
                            ChatMessage.newBuilder()
                                    .setRole(Role.ROLE_USER)
                                    .addContent(ContentPart.newBuilder().setText("Hi")))
                    .build();

    @ParameterizedTest
    @EnumSource(names = {"GRPC", "GRPC_WEB", "CONNECT", "SSE", "NDJSON"})
    void theEngineStopsWhenNobodyReads(Wire wire) {
        Gate gate = new Gate();
        ScriptedEngine engine = new ScriptedEngine(Script.saying("Hel", "lo").pause(gate).say("!"));
        try (TestServer server = TestServer.start(chat(engine));
                OpenCall<ChatChunk> call =
                        server.open(wire, ChatServiceGrpc.getStreamMethod(), QUESTION)) {
            assertThat(call).skips(1).next().extracting(EngineTest::text).isEqualTo("Hel");

            Run run = engine.awaitRun();
            run.awaitSent(3);
            long left = call.leave();

            assertThat(run.awaitEndAfter(left)).isLessThan(Duration.ofSeconds(5));
            assertThat(run.cancelled()).isEqualTo(CancelCause.CLIENT_LEFT);
        }
    }

    /** A service that hands on what its engine says. */
    private static Service chat(Engine engine) {
        return Service.of(ChatServiceGrpc.getServiceDescriptor())
                .unary(
                        ChatServiceGrpc.getCompleteMethod(),
                        (request, call) -> ChatCompletion.getDefaultInstance())
                .stream(
                        ChatServiceGrpc.getStreamMethod(),
                        (request, sink, call) ->
                                engine.chat(request, ChatChunk.getDefaultInstance(), sink, call))
                .build();
    }

    private static String text(ChatChunk chunk) {
        return chunk.getChoices(0).getDelta().getContent();
    }
}
