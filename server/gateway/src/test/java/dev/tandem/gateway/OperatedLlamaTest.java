package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.tandem.engines.Engine;
import dev.tandem.gateway.config.AuthSettings;
import dev.tandem.gateway.engine.LlamaSettings;
import dev.tandem.llamacpp.LlamaEngine;
import dev.tandem.llamacpp.loop.ModelOptions;
import dev.tandem.llamacpp.natives.LlamaLibrary;
import dev.tandem.runtime.auth.ApiKey;
import dev.tandem.runtime.auth.KeyEntry;
import dev.tandem.runtime.auth.KeyHash;
import dev.tandem.runtime.auth.Secret;
import dev.tandem.runtime.policy.CorsSettings;
import dev.tandem.testing.Caller;
import dev.tandem.testing.OpenCall;
import dev.tandem.testing.Reply;
import dev.tandem.testing.Wire;
import dev.tandem.v1.AdminServiceGrpc;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ChatServiceGrpc;
import dev.tandem.v1.EngineAbility;
import dev.tandem.v1.EngineInfo;
import dev.tandem.v1.EngineModel;
import dev.tandem.v1.EngineState;
import dev.tandem.v1.GetEngineRequest;
import dev.tandem.v1.ListEngineModelsRequest;
import dev.tandem.v1.LoadModelRequest;
import dev.tandem.v1.PullModelRequest;
import dev.tandem.v1.PullProgress;
import dev.tandem.v1.UnloadModelRequest;
import io.grpc.MethodDescriptor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What operators do with the models of llama.cpp, from tandem.yaml to the caller. */
@Timeout(120)
class OperatedLlamaTest {
    private static final byte[] OTHER = "GGUF and the rest".getBytes(StandardCharsets.UTF_8);

    @TempDir Path folder;

    private final Secret key = ApiKey.create(new SecureRandom());
    private final Caller operator = Caller.PLAIN.header("authorization", "Bearer " + key.reveal());

    private RoutedGateway open(String store) throws Exception {
        Path models = Files.createDirectories(folder.resolve("models"));
        if (Files.notExists(models.resolve("small.gguf"))) {
            Files.createSymbolicLink(models.resolve("small.gguf"), RealFiles.model());
        }
        String yaml =
                """
                store: {llama_home: '%s'%s}
                engines:
                  small: {kind: llamacpp, file: models/small.gguf}
                models:
                  chat: {routes: [{engine: small}]}
                """
                        .formatted(RealFiles.llama(), store);
        KeyEntry entry =
                new KeyEntry(
                        "operator",
                        KeyHash.of(key),
                        Set.of("admin", "inference"),
                        Map.of(),
                        Instant.EPOCH,
                        null,
                        null);
        AuthSettings auth =
                new AuthSettings(
                        false,
                        List.of(entry),
                        Optional.empty(),
                        Optional.empty(),
                        CorsSettings.NONE);
        return new RoutedGateway(
                folder, yaml, GatewaySettings.ofLoopback().with(auth), OperatedLlamaTest::load);
    }

    private static Engine load(Path home, Path file, LlamaSettings wanted) {
        ModelOptions options = ModelOptions.defaults().withContextPerSlot(2_048).withSlots(2);
        return LlamaEngine.load(LlamaLibrary.open(home), file, options, Clock.systemUTC());
    }

    private <Q extends Message, R extends Message> Reply<R> call(
            RoutedGateway gateway, Wire wire, MethodDescriptor<Q, R> method, Q request) {
        return gateway.server.client().call(wire, method, request, operator);
    }

    private List<EngineModel> kept(RoutedGateway gateway, Wire wire) {
        return call(
                        gateway,
                        wire,
                        AdminServiceGrpc.getListEngineModelsMethod(),
                        ListEngineModelsRequest.newBuilder().setEngine("small").build())
                .message()
                .getModelsList();
    }

    private EngineInfo engine(RoutedGateway gateway, Wire wire) {
        return call(
                        gateway,
                        wire,
                        AdminServiceGrpc.getGetEngineMethod(),
                        GetEngineRequest.newBuilder().setEngine("small").build())
                .message();
    }

    private static String outcome(Reply<?> reply) {
        return reply.ok() ? "ok" : reply.error().reason();
    }

    private String load(RoutedGateway gateway, Wire wire, String model) {
        return outcome(
                call(
                        gateway,
                        wire,
                        AdminServiceGrpc.getLoadModelMethod(),
                        LoadModelRequest.newBuilder().setEngine("small").setModel(model).build()));
    }

    private String unload(RoutedGateway gateway, Wire wire, String model) {
        return outcome(
                call(
                        gateway,
                        wire,
                        AdminServiceGrpc.getUnloadModelMethod(),
                        UnloadModelRequest.newBuilder()
                                .setEngine("small")
                                .setModel(model)
                                .build()));
    }

    private static ChatRequest ask(int tokens) {
        return ChatRequest.newBuilder()
                .setModel("chat")
                .addMessages(Fixture.user("Write a very long story about the sea."))
                .setMaxTokens(tokens)
                .build();
    }

    @ParameterizedTest
    @EnumSource(
            value = Wire.class,
            names = {"GRPC", "REST"})
    void aModelLeavesTheMemoryAndComesBack(Wire wire) throws Exception {
        try (RoutedGateway gateway = open("")) {
            gateway.load();
            assertThat(engine(gateway, wire).getAbilitiesList())
                    .containsExactly(
                            EngineAbility.ENGINE_ABILITY_LOAD, EngineAbility.ENGINE_ABILITY_PULL);
            assertThat(kept(gateway, wire).getFirst().getLoaded()).isTrue();

            assertThat(unload(gateway, wire, "small.gguf")).isEqualTo("ok");
            assertThat(unload(gateway, wire, "small.gguf")).isEqualTo("ok");

            assertThat(kept(gateway, wire).getFirst().getLoaded()).isFalse();
            assertThat(engine(gateway, wire).getState())
                    .isEqualTo(EngineState.ENGINE_STATE_LOADING);
            assertThat(engine(gateway, wire).getKind()).isEqualTo("llama.cpp");
            Reply<?> refused = call(gateway, wire, ChatServiceGrpc.getCompleteMethod(), ask(4));
            assertThat(refused.error().reason()).isEqualTo("model_loading");
            assertThat(refused.error().message()).contains("took the model out of memory");
            assertThat(refused.status()).isEqualTo(wire == Wire.GRPC ? 14 : 503);

            assertThat(load(gateway, wire, "small.gguf")).isEqualTo("ok");

            assertThat(kept(gateway, wire).getFirst().getLoaded()).isTrue();
            assertThat(engine(gateway, wire).getState()).isEqualTo(EngineState.ENGINE_STATE_READY);
            assertThat(outcome(call(gateway, wire, ChatServiceGrpc.getCompleteMethod(), ask(4))))
                    .isEqualTo("ok");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Wire.class,
            names = {"GRPC", "SSE"})
    void aRunningAnswerEndsWithWhatHappened(Wire wire) throws Exception {
        try (RoutedGateway gateway = open("")) {
            gateway.load();
            try (OpenCall<ChatChunk> call =
                    gateway.server
                            .client()
                            .open(wire, ChatServiceGrpc.getStreamMethod(), ask(1_500), operator)) {
                assertThat(call.next()).isNotNull();

                assertThat(unload(gateway, Wire.GRPC, "small.gguf")).isEqualTo("ok");

                Reply<ChatChunk> reply = call.rest();
                assertThat(reply.error().reason()).isEqualTo("model_loading");
                assertThat(reply.error().message()).contains("took the model out of memory");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"GRPC, GRPC", "SSE, REST"})
    void aFileComesFromAHostOfTheConfiguration(Wire streams, Wire wire) throws Exception {
        try (FileHost files = new FileHost(OTHER);
                RoutedGateway gateway = open(", pull_hosts: [127.0.0.1]")) {
            Reply<PullProgress> reply = pull(gateway, streams, files.address("/org/m.gguf"));

            assertThat(reply.ok()).isTrue();
            assertThat(reply.messages().getLast().getStage()).isEqualTo("done");
            String name = "127.0.0.1_" + files.port() + "/org/m.gguf";
            assertThat(kept(gateway, wire))
                    .extracting(EngineModel::getName)
                    .containsExactly(name, "small.gguf");
            assertThat(load(gateway, wire, name)).isEqualTo("unsupported_value");
            assertThat(load(gateway, wire, "../tandem.yaml")).isEqualTo("model_not_found");
        }
    }

    @Test
    void withoutHostsNothingIsFetched() throws Exception {
        try (FileHost files = new FileHost(OTHER);
                RoutedGateway gateway = open("")) {
            Reply<PullProgress> reply = pull(gateway, Wire.SSE, files.address("/m.gguf"));

            assertThat(reply.error().reason()).isEqualTo("unsupported_value");
            assertThat(reply.error().message()).contains("no host");
            assertThat(files.asked()).isEmpty();
        }
    }

    private Reply<PullProgress> pull(RoutedGateway gateway, Wire wire, String address)
            throws Exception {
        String sum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(OTHER));
        PullModelRequest request =
                PullModelRequest.newBuilder()
                        .setEngine("small")
                        .setModel(address)
                        .setSha256(sum)
                        .build();
        try (OpenCall<PullProgress> call =
                gateway.server
                        .client()
                        .open(wire, AdminServiceGrpc.getPullModelMethod(), request, operator)) {
            return call.rest();
        }
    }
}
