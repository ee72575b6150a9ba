package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.engines.ModelHost.Ability;
import dev.tandem.testing.Caller;
import dev.tandem.testing.HttpReply;
import dev.tandem.testing.HttpRequest;
import dev.tandem.testing.OpenCall;
import dev.tandem.testing.Reply;
import dev.tandem.testing.Script;
import dev.tandem.testing.Wire;
import dev.tandem.v1.AdminServiceGrpc;
import dev.tandem.v1.EngineInfo;
import dev.tandem.v1.GetEngineRequest;
import dev.tandem.v1.ListEngineModelsRequest;
import dev.tandem.v1.ListEngineModelsResponse;
import dev.tandem.v1.ListEnginesRequest;
import dev.tandem.v1.ListEnginesResponse;
import dev.tandem.v1.LoadModelRequest;
import dev.tandem.v1.PullProgress;
import dev.tandem.v1.UnloadModelRequest;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What operators see and do by every wire, and that nobody else does. */
@Timeout(60)
class AdminTest {
    private final ScriptedHost host = new ScriptedHost(Ability.LOAD, Ability.PULL);
    private final Operated operated = new Operated(host);

    @AfterEach
    void close() {
        operated.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Wire.class,
            names = {"GRPC", "REST", "REST_H2"})
    void onlyOperatorsSeeEngines(Wire wire) {
        assertThat(list(wire, Caller.PLAIN).error().reason()).isEqualTo("unauthenticated");
        assertThat(list(wire, Caller.PLAIN).status()).isEqualTo(wire == Wire.GRPC ? 16 : 401);
        assertThat(list(wire, operated.user()).error().reason()).isEqualTo("insufficient_scope");
        assertThat(list(wire, operated.user()).status()).isEqualTo(wire == Wire.GRPC ? 7 : 403);
        assertThat(list(wire, operated.operator()).ok()).isTrue();
    }

    private Reply<ListEnginesResponse> list(Wire wire, Caller caller) {
        return operated.call(
                wire,
                AdminServiceGrpc.getListEnginesMethod(),
                ListEnginesRequest.getDefaultInstance(),
                caller);
    }

    @ParameterizedTest
    @EnumSource(
            value = Wire.class,
            names = {"GRPC", "SSE", "SSE_H2", "NDJSON"})
    void onlyOperatorsPull(Wire wire) {
        var method = AdminServiceGrpc.getPullModelMethod();
        var request = Operated.pull("m").build();

        assertThat(operated.call(wire, method, request, Caller.PLAIN).error().reason())
                .isEqualTo("unauthenticated");
        assertThat(operated.call(wire, method, request, operated.user()).error().reason())
                .isEqualTo("insufficient_scope");
        assertThat(host.done()).isEmpty();
    }

    @Test
    void withoutCredentialsThereIsNoAdministration() {
        try (Fixture open = new Fixture(Script.saying("a"))) {
            HttpReply rest =
                    open.server
                            .client()
                            .http(Wire.Version.HTTP_1_1, HttpRequest.get("/v1/admin/engines"));
            Reply<ListEnginesResponse> grpc =
                    open.server
                            .client()
                            .call(
                                    Wire.GRPC,
                                    AdminServiceGrpc.getListEnginesMethod(),
                                    ListEnginesRequest.getDefaultInstance());

            assertThat(rest.status()).isEqualTo(404);
            assertThat(document(open, Caller.PLAIN)).doesNotContain("/v1/admin");
            assertThat(grpc.status()).isEqualTo(12);
        }
    }

    @Test
    void theDocumentHasTheRoutesWhereTheyAre() {
        assertThat(document(operated.fixture(), operated.operator()))
                .contains("\"/v1/admin/engines\"")
                .contains("\"/v1/admin/engines/{engine}/models:pull\"");
    }

    private static String document(Fixture gateway, Caller caller) {
        HttpRequest request =
                new HttpRequest("GET", "/openapi.json", caller.headers(), new byte[0]);
        return gateway.server.client().http(Wire.Version.HTTP_1_1, request).body();
    }

    @ParameterizedTest
    @EnumSource(
            value = Wire.class,
            names = {"GRPC", "REST", "REST_H2"})
    void enginesAreListedAsTheyAre(Wire wire) {
        ListEnginesResponse all = list(wire, operated.operator()).message();

        assertThat(all.getEnginesList())
                .extracting(EngineInfo::getName)
                .containsExactly("plain", "keeper");
        assertThat(all.getEngines(0).getStatistics()).isEqualTo(Operated.STATISTICS);
        assertThat(all.getEngines(0).getAbilitiesList()).isEmpty();
        assertThat(all.getEngines(1).getAbilitiesCount()).isEqualTo(2);
        assertThat(find(wire, "keeper").message()).isEqualTo(all.getEngines(1));
    }

    private Reply<EngineInfo> find(Wire wire, String name) {
        return operated.call(
                wire,
                AdminServiceGrpc.getGetEngineMethod(),
                GetEngineRequest.newBuilder().setEngine(name).build());
    }

    @Test
    void anEngineIsJson() {
        HttpRequest request =
                new HttpRequest(
                        "GET",
                        "/v1/admin/engines/keeper",
                        operated.operator().headers(),
                        new byte[0]);

        assertThat(operated.fixture().server.client().http(Wire.Version.HTTP_1_1, request).body())
                .isEqualTo(
                        "{\"name\":\"keeper\",\"kind\":\"scripted\",\"state\":\"circuit_open\",\"capabilities\":[\"chat\","
                                + "\"completion\",\"embedding\",\"rerank\",\"tokenize\"],\"abilities\":[\"load\",\"pull\"],"
                                + "\"statistics\":{\"running\":0,\"waiting\":0,\"requests\":0,\"failures\":{},\"retried\":0,"
                                + "\"prompt_tokens\":0,\"completion_tokens\":0,\"since\":0}}");
    }

    @ParameterizedTest
    @EnumSource(
            value = Wire.class,
            names = {"GRPC", "REST", "REST_H2"})
    void anUnknownEngineIsNotFound(Wire wire) {
        Reply<EngineInfo> reply = find(wire, "nobody");

        assertThat(reply.error().reason()).isEqualTo("engine_not_found");
        assertThat(reply.error().param()).isEqualTo("engine");
        assertThat(reply.status()).isEqualTo(wire == Wire.GRPC ? 5 : 404);
    }

    @ParameterizedTest
    @EnumSource(
            value = Wire.class,
            names = {"GRPC", "REST", "REST_H2"})
    void modelsAreListedLoadedAndUnloaded(Wire wire) {
        ListEngineModelsResponse kept =
                operated.call(
                                wire,
                                AdminServiceGrpc.getListEngineModelsMethod(),
                                ListEngineModelsRequest.newBuilder().setEngine("keeper").build())
                        .message();

        assertThat(kept.getModels(0).getName()).isEqualTo("a:1b");
        assertThat(kept.getModels(0).getBytes()).isEqualTo(7_000_000_000L);
        assertThat(kept.getModels(0).getLoaded()).isTrue();
        assertThat(kept.getModels(0).getChanged()).isEqualTo(5);
        assertThat(kept.getModels(1).hasChanged()).isFalse();
        assertThat(load(wire, "keeper", "org/b")).isEqualTo("ok");
        assertThat(
                        operated.call(
                                        wire,
                                        AdminServiceGrpc.getUnloadModelMethod(),
                                        UnloadModelRequest.newBuilder()
                                                .setEngine("keeper")
                                                .setModel("a:1b")
                                                .build())
                                .ok())
                .isTrue();
        assertThat(load(wire, "keeper", "missing")).isEqualTo("model_not_found");
        assertThat(load(wire, "keeper", "")).isEqualTo("validation_failed");
        assertThat(host.done()).containsExactly("load org/b", "unload a:1b");
    }

    private String load(Wire wire, String engine, String model) {
        var reply =
                operated.call(
                        wire,
                        AdminServiceGrpc.getLoadModelMethod(),
                        LoadModelRequest.newBuilder().setEngine(engine).setModel(model).build());
        return reply.ok() ? "ok" : reply.error().reason();
    }

    @ParameterizedTest
    @EnumSource(
            value = Wire.class,
            names = {"GRPC", "REST"})
    void whatAnEngineCannotDoIsSaid(Wire wire) {
        assertThat(load(wire, "plain", "m")).isEqualTo("unsupported_value");
        assertThat(
                        operated.call(
                                        wire,
                                        AdminServiceGrpc.getListEngineModelsMethod(),
                                        ListEngineModelsRequest.newBuilder()
                                                .setEngine("plain")
                                                .build())
                                .error()
                                .param())
                .isEqualTo("engine");
    }

    @ParameterizedTest
    @EnumSource(
            value = Wire.class,
            names = {"GRPC", "SSE", "SSE_H2", "NDJSON", "NDJSON_H2"})
    void aFetchTellsHowFarItIs(Wire wire) {
        try (OpenCall<PullProgress> call = operated.pulling(wire, Operated.pull("m").build())) {
            Reply<PullProgress> reply = call.rest();

            assertThat(reply.ok()).isTrue();
            assertThat(reply.messages())
                    .containsExactly(
                            progress("manifest", 0, 0),
                            progress("layer", 2, 4),
                            progress("layer", 4, 4),
                            progress("done", 4, 4));
        }
        assertThat(host.done()).containsExactly("pull m");
    }

    private static PullProgress progress(String stage, long done, long total) {
        return PullProgress.newBuilder().setStage(stage).setDone(done).setTotal(total).build();
    }

    @ParameterizedTest
    @EnumSource(
            value = Wire.class,
            names = {"GRPC", "SSE", "NDJSON"})
    void aFetchThatFailsEndsWithTheError(Wire wire) {
        try (OpenCall<PullProgress> call =
                operated.pulling(wire, Operated.pull("broken").build())) {
            Reply<PullProgress> reply = call.rest();

            assertThat(reply.messages()).hasSize(2);
            assertThat(reply.error().reason()).isEqualTo("pull_failed");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Wire.class,
            names = {"GRPC", "SSE", "SSE_H2", "NDJSON"})
    void whoLeavesEndsTheFetch(Wire wire) throws InterruptedException {
        try (OpenCall<PullProgress> call = operated.pulling(wire, Operated.pull("slow").build())) {
            assertThat(Objects.requireNonNull(call.next()).getStage()).isEqualTo("manifest");
            call.leave();

            assertThat(host.awaitPullEnded()).isTrue();
        }
        assertThat(host.done()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Wire.class,
            names = {"GRPC", "SSE"})
    void aChecksumIsRefusedByThoseWhoCheckByThemselves(Wire wire) {
        try (OpenCall<PullProgress> call =
                operated.pulling(wire, Operated.pull("m").setSha256("A".repeat(64)).build())) {
            Reply<PullProgress> reply = call.rest();

            assertThat(reply.error().reason()).isEqualTo("unsupported_value");
            assertThat(reply.error().param()).isEqualTo("sha256");
        }
    }
}
