package dev.tandem.upstream.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tandem.engines.ModelHost;
import dev.tandem.engines.ModelHost.Kept;
import dev.tandem.engines.ModelHost.Progress;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.CancelledException;
import dev.tandem.runtime.call.Head;
import dev.tandem.testtools.Peer;
import dev.tandem.testtools.RawServer;
import dev.tandem.upstream.Staged;
import dev.tandem.v1.EmbeddingInput;
import dev.tandem.v1.EmbeddingRequest;
import dev.tandem.v1.TokenIds;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator does with the server's models, and vectors. */
@Timeout(30)
class OllamaHostTest {
    private final Calls calls = new Calls(() -> "req_1");
    private final Call call =
            calls.open(
                    new Head(
                            Head.Wire.REST,
                            "POST",
                            "/",
                            null,
                            Map.of(),
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)),
                    null);

    @AfterEach
    void close() {
        calls.close(call);
        calls.close();
    }

    private static Staged stage(RawServer.Talk talk) {
        return OllamaEngineContractTest.stage(talk, settings -> settings);
    }

    private static ModelHost host(Staged stage) {
        return stage.engine().host().orElseThrow();
    }

    private static void json(Peer peer, String json) throws java.io.IOException {
        peer.answer("200 OK", "application/json; charset=utf-8", json.replace('\'', '"'));
    }

    private static String line(Staged stage, int request) {
        Peer.Request seen = stage.server().peers().getFirst().requests().get(request);
        return seen.head().lines().findFirst().orElseThrow() + " " + seen.body();
    }

    @Test
    void modelsThatAreThereAndThoseInMemory() throws InterruptedException {
        try (Staged stage =
                stage(peer -> {
                    json(peer, "{'models':[{'name':'a:1b','size':5}]}");
                    peer.request();
                    json(
                            peer,
                            "{'models':[{'name':'a:1b','size':9,"
                                    + "'modified_at':'2026-01-02T03:04:05.123+01:00'},"
                                    + "{'name':'b:latest','size':7}]}");
                })) {
            assertThat(host(stage).models(call))
                    .containsExactly(
                            new Kept(
                                    "a:1b",
                                    9,
                                    true,
                                    Optional.of(Instant.parse("2026-01-02T02:04:05.123Z"))),
                            new Kept("b:latest", 7, false, Optional.empty()));
        }
    }

    @Test
    void modelsAreLoadedAndUnloaded() throws InterruptedException {
        try (Staged stage =
                stage(peer -> {
                    json(peer, "{'model':'a','embeddings':[]}");
                    peer.request();
                    json(peer, "{'model':'a','done':true,'done_reason':'unload'}");
                })) {
            host(stage).load("a", call);
            host(stage).unload("a", call);

            assertThat(line(stage, 0))
                    .isEqualTo("POST /api/embed HTTP/1.1 {\"model\":\"a\",\"input\":[]}");
            assertThat(line(stage, 1))
                    .isEqualTo(
                            "POST /api/generate HTTP/1.1"
                                    + " {\"model\":\"a\",\"keep_alive\":0,\"stream\":false}");
        }
    }

    @Test
    void aPullTellsHowFarItIs() throws InterruptedException {
        List<Progress> told = new ArrayList<>();
        try (Staged stage =
                stage(peer -> {
                    LinesWire.begin(peer);
                    LinesWire.lines(
                            peer,
                            "{'status':'pulling manifest'}",
                            "{'status':'pulling abc','digest':'sha256:abc','total':5000000000,"
                                    + "'completed':10}",
                            "{'status':'success'}");
                    peer.endChunks();
                })) {
            host(stage).pull("llama3.2:1b", told::add, call);
        }

        assertThat(told)
                .containsExactly(
                        new Progress("pulling manifest", 0, 0),
                        new Progress("pulling abc", 10, 5_000_000_000L));
    }

    @Test
    void aPullThatFailsSaysSo() {
        try (Staged stage =
                stage(peer -> {
                    LinesWire.begin(peer);
                    LinesWire.lines(
                            peer, "{'status':'pulling manifest'}", "{'error':'no such file'}");
                    peer.endChunks();
                })) {
            assertThatExceptionOfType(ApiException.class)
                    .isThrownBy(() -> host(stage).pull("a", progress -> {}, call))
                    .satisfies(e -> assertThat(e.error().reason()).isEqualTo("upstream_error"));
        }
    }

    @Test
    void aPullEndsWithItsCall() throws InterruptedException {
        try (Staged stage =
                stage(peer -> {
                    LinesWire.begin(peer);
                    LinesWire.lines(peer, "{'status':'pulling manifest'}");
                    peer.awaitLeaving();
                })) {
            assertThatExceptionOfType(CancelledException.class)
                    .isThrownBy(() ->
                            host(stage)
                                    .pull(
                                            "a",
                                            progress -> call.cancel(CancelCause.CLIENT_LEFT),
                                            call));
            stage.awaitStopped();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example/library/a",
                "127.0.0.1:5000/x/a:1b",
                "https://evil.example/x/a",
                "../a",
                "a b",
                "a/b/c/d",
                ""
            })
    void pullsFromElsewhereAreRefused(String name) {
        try (Staged stage = stage(Peer::awaitLeaving)) {
            assertThatExceptionOfType(ApiException.class)
                    .isThrownBy(() -> host(stage).pull(name, progress -> {}, call))
                    .satisfies(e -> assertThat(e.error().param()).isEqualTo("model"));
            assertThat(stage.server().peers()).isEmpty();
        }
    }

    @Test
    void textsBecomeVectors() throws InterruptedException {
        EmbeddingRequest request =
                EmbeddingRequest.newBuilder()
                        .setModel("e")
                        .addInput(EmbeddingInput.newBuilder().setText("a"))
                        .addInput(EmbeddingInput.newBuilder().setText("b"))
                        .setDimensions(2)
                        .build();
        try (Staged stage =
                stage(peer ->
                        json(
                                peer,
                                "{'model':'e','embeddings':[[0.5,1],[-1e-1,2]],"
                                        + "'total_duration':{'x':[1]},'prompt_eval_count':7}"))) {
            var answer = stage.engine().embed(request, call);

            assertThat(answer.vectors().get(0)).containsExactly(0.5f, 1f);
            assertThat(answer.vectors().get(1)).containsExactly(-0.1f, 2f);
            assertThat(answer.promptTokens()).isEqualTo(7);
            assertThat(line(stage, 0))
                    .endsWith(
                            "{\"model\":\"e\",\"input\":[\"a\",\"b\"],\"truncate\":false,"
                                    + "\"dimensions\":2}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'embeddings':[]}",
                "{'embeddings':[[]]}",
                "{'embeddings':[[1],[2]]}",
                "{'embeddings':[['x']]}",
                "{'embeddings':[[1e99]]}",
                "{'embeddings':[[1"
            })
    void vectorsThatAreNoneAreAnError(String answer) {
        EmbeddingRequest request =
                EmbeddingRequest.newBuilder()
                        .addInput(EmbeddingInput.newBuilder().setText("a"))
                        .build();
        try (Staged stage = stage(peer -> json(peer, answer))) {
            assertThatExceptionOfType(ApiException.class)
                    .isThrownBy(() -> stage.engine().embed(request, call))
                    .satisfies(e -> assertThat(e.error().reason()).isEqualTo("upstream_error"));
        }
    }

    @Test
    void tokensAreRefused() {
        EmbeddingRequest request =
                EmbeddingRequest.newBuilder()
                        .addInput(
                                EmbeddingInput.newBuilder()
                                        .setTokens(TokenIds.getDefaultInstance()))
                        .build();
        try (Staged stage = stage(Peer::awaitLeaving)) {
            assertThatExceptionOfType(ApiException.class)
                    .isThrownBy(() -> stage.engine().embed(request, call))
                    .satisfies(e -> assertThat(e.error().param()).isEqualTo("input[0]"));
        }
    }
}
