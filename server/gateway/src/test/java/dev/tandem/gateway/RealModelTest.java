package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.tandem.gateway.model.Models;
import dev.tandem.gateway.model.ServedModel;
import dev.tandem.llamacpp.LlamaEngine;
import dev.tandem.testing.Caller;
import dev.tandem.testing.Client;
import dev.tandem.testing.OpenCall;
import dev.tandem.testing.Reply;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ChatServiceGrpc;
import dev.tandem.v1.ContentPart;
import dev.tandem.v1.Role;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.testing.junit5.ServerTest;
import io.helidon.webserver.testing.junit5.SetUpServer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The real model behind every wire: the same request gives the same text. */
@ServerTest
class RealModelTest {
    private static @Nullable LlamaEngine engine;
    private static @Nullable AutoCloseable installed;

    private final Client client;

    RealModelTest(WebServer server) {
        client = new Client(server.port());
    }

    @SetUpServer
    static void configure(WebServerConfig.Builder web) throws InterruptedException {
        LlamaEngine loaded = RealFiles.engine();
        engine = loaded;
        Models models =
                new Models(
                        List.of(new ServedModel("smol", loaded, "smol", Instant.EPOCH)), Map.of());
        installed =
                new Gateway(GatewaySettings.ofLoopback(), models, (call, took) -> {})
                        .builder()
                        .installOn(web);
    }

    @AfterEach
    void close() {
        client.close();
    }

    @AfterAll
    static void free() throws Exception {
        if (installed != null) {
            installed.close();
        }
        if (engine != null) {
            engine.close();
        }
    }

    private static ChatRequest.Builder ask(String question) {
        return ChatRequest.newBuilder()
                .setModel("default")
                .addMessages(
                        ChatMessage.newBuilder()
                                .setRole(Role.ROLE_USER)
                                .addContent(ContentPart.newBuilder().setText(question)))
                .setMaxTokens(40);
    }

    private Reply<? extends Message> call(Way way, ChatRequest request) {
        try (OpenCall<? extends Message> call =
                way.streams()
                        ? client.open(
                                way.wire(),
                                ChatServiceGrpc.getStreamMethod(),
                                request,
                                Caller.PLAIN)
                        : client.open(
                                way.wire(),
                                ChatServiceGrpc.getCompleteMethod(),
                                request,
                                Caller.PLAIN)) {
            return call.rest();
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void theSameQuestionHasTheSameAnswer(Way way) {
        ChatRequest request = ask("Name the capital of France.").setTemperature(0).build();

        assertThat(Fixture.text(call(way, request))).isEqualTo("The capital of France is Paris.");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aSeededAnswerRepeats(Way way) {
        ChatRequest request = ask("Tell me a story.").setTemperature(1).setSeed(7).build();

        assertThat(Fixture.text(call(way, request)))
                .isNotBlank()
                .isEqualTo(Fixture.text(call(Way.GRPC_WHOLE, request)));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aPromptThatIsTooLongIsAClearError(Way way) {
        Reply<? extends Message> reply = call(way, ask("word ".repeat(1_200)).build());

        assertThat(reply.error().reason()).isEqualTo("context_length_exceeded");
        assertThat(reply.error().message()).contains("1024 tokens");
    }
}
