package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.gateway.model.Models;
import dev.tandem.gateway.model.ServedModel;
import dev.tandem.runtime.call.Code;
import dev.tandem.testing.Reply;
import dev.tandem.testing.Script;
import dev.tandem.testing.ScriptedEngine;
import dev.tandem.testing.TestServer;
import dev.tandem.testing.Wire;
import dev.tandem.v1.GetModelRequest;
import dev.tandem.v1.ListModelsRequest;
import dev.tandem.v1.Model;
import dev.tandem.v1.ModelServiceGrpc;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The list of models by every wire that gives whole answers. */
class ModelListTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        Models models =
                new Models(List.of(model("zoe"), model("house/adam 7b")), Map.of("big", "zoe"));
        server =
                TestServer.of(
                        new Gateway(GatewaySettings.ofLoopback(), models, (call, took) -> {})
                                .start());
    }

    private static ServedModel model(String name) {
        return new ServedModel(
                name, new ScriptedEngine(Script.empty()), name, Instant.ofEpochSecond(7));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"GRPC", "REST", "REST_H2"})
    void allModelsAreListedInTheirOrder(Wire wire) {
        assertThat(
                        server.call(
                                        wire,
                                        ModelServiceGrpc.getListModelsMethod(),
                                        ListModelsRequest.getDefaultInstance())
                                .message()
                                .getDataList())
                .extracting(Model::getId)
                .containsExactly("zoe", "house/adam 7b");
    }

    @ParameterizedTest
    @EnumSource(names = {"GRPC", "REST", "REST_H2"})
    void aModelIsFoundByNameOrAliasWhateverCharactersItHas(Wire wire) {
        assertThat(find(wire, "house/adam 7b").message().getId()).isEqualTo("house/adam 7b");
        assertThat(find(wire, "big").message().getId()).isEqualTo("zoe");
        assertThat(find(wire, "default").message().getContextLength()).isEqualTo(4096);
    }

    @ParameterizedTest
    @EnumSource(names = {"GRPC", "REST", "REST_H2"})
    void anUnknownModelIsNotFound(Wire wire) {
        Reply<Model> reply = find(wire, "eve");

        assertThat(reply.status()).isEqualTo(wire.status(Code.NOT_FOUND));
        assertThat(reply.error().reason()).isEqualTo("model_not_found");
        assertThat(reply.error().param()).isEqualTo("model");
    }

    private static Reply<Model> find(Wire wire, String name) {
        return server.call(
                wire,
                ModelServiceGrpc.getGetModelMethod(),
                GetModelRequest.newBuilder().setModel(name).build());
    }
}
