package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.tandem.gateway.model.Models;
import dev.tandem.gateway.model.ServedModel;
import dev.tandem.remote.child.ChildEngine;
import dev.tandem.remote.child.ChildSettings;
import dev.tandem.testing.Failure;
import dev.tandem.testing.OpenCall;
import dev.tandem.testing.Reply;
import dev.tandem.testing.TestServer;
import dev.tandem.testing.Wire;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ChatServiceGrpc;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The real model in a child process that is killed. */
@Timeout(240)
@DisabledOnOs(OS.WINDOWS)
class ChildIT {
    private static final String CAPITAL = "The capital of France is Paris.";

    private static TestServer serving(ChildEngine engine) {
        Models models =
                new Models(
                        List.of(new ServedModel("smol", engine, "smol", Instant.EPOCH)), Map.of());
        return TestServer.of(
                new Gateway(GatewaySettings.ofLoopback(), models, (call, took) -> {}).start());
    }

    private static ChatRequest story() {
        return ask("Tell me a long story.").toBuilder().setMaxTokens(900).setSeed(1).build();
    }

    private static ChatRequest ask(String what) {
        return ChatRequest.newBuilder()
                .setModel("smol")
                .setTemperature(0)
                .setMaxTokens(40)
                .addMessages(Fixture.user(what))
                .build();
    }

    private static ProcessHandle process(ChildEngine engine) {
        return ProcessHandle.of(engine.pid().orElseThrow()).orElseThrow();
    }

    private static String answer(TestServer server, Wire wire) {
        return Fixture.text(
                server.call(
                        wire,
                        ChatServiceGrpc.getStreamMethod(),
                        ask("Name the capital of France.")));
    }

    @Test
    void callsEndWithOneErrorWhereTheChildIsKilledAndTheNextWorks() throws Exception {
        try (ChildEngine engine = ModelInChild.start(ModelInChild.settings());
                TestServer server = serving(engine)) {
            assertThat(answer(server, Wire.GRPC)).isEqualTo(CAPITAL);
            try (OpenCall<? extends Message> grpc = open(server, Wire.GRPC);
                    OpenCall<? extends Message> sse = open(server, Wire.SSE)) {
                for (int i = 0; i < 3; i++) {
                    assertThat(grpc.next()).isNotNull();
                    assertThat(sse.next()).isNotNull();
                }
                long killed = System.nanoTime();
                assertThat(process(engine).destroyForcibly()).isTrue();

                assertBrokenOff(grpc.rest());
                assertBrokenOff(sse.rest());
                assertThat(Duration.ofNanos(System.nanoTime() - killed))
                        .isLessThan(Duration.ofSeconds(5));
            }
            ModelInChild.until("it is away", () -> !engine.ready());
            Failure meanwhile =
                    server.call(Wire.REST, ChatServiceGrpc.getCompleteMethod(), ask("Hi")).error();
            assertThat(meanwhile.reason()).isEqualTo("model_loading");
            assertThat(meanwhile.retryAfter()).isPositive();

            ModelInChild.until("it is back", engine::ready);
            assertThat(answer(server, Wire.GRPC)).isEqualTo(CAPITAL);
            assertThat(answer(server, Wire.SSE)).isEqualTo(CAPITAL);
        }
    }

    private static OpenCall<? extends Message> open(TestServer server, Wire wire) {
        return server.open(wire, ChatServiceGrpc.getStreamMethod(), story());
    }

    private static void assertBrokenOff(Reply<? extends Message> reply) {
        Failure failure = Objects.requireNonNull(reply.failure());
        assertThat(failure.reason()).isEqualTo("engine_failed");
        assertThat(failure.message()).contains("process of this model");
        assertThat(reply.done()).isFalse();
    }

    @Test
    void theChildDoesNotOutliveAParentThatIsKilled() throws Exception {
        Process parent =
                OwnProcess.start(
                        List.of(),
                        ModelInChild.class,
                        RealFiles.llama().toString(),
                        RealFiles.model().toString());
        try (BufferedReader lines = parent.inputReader(StandardCharsets.UTF_8)) {
            ProcessHandle child = ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();

            parent.destroyForcibly(); // SIGKILL: it can tell nobody

            assertThat(ModelInChild.until("the child is gone", () -> !child.isAlive()))
                    .isLessThan(Duration.ofSeconds(20));
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void theDistributionIsAChildToo() throws Exception {
        ChildSettings here = ModelInChild.settings();
        List<String> command = new ArrayList<>(here.command());
        int path = command.indexOf("-cp") + 1;
        command.set(path, Program.FOLDER.resolve("lib/tandem-gateway.jar").toString());
        ChildSettings handedOut = ChildSettings.of("smol", command).environment(here.environment());
        ProcessHandle child;
        try (ChildEngine engine = ModelInChild.start(handedOut);
                TestServer server = serving(engine)) {
            assertThat(answer(server, Wire.GRPC)).isEqualTo(CAPITAL);
            assertThat(engine.contextLength()).hasValue(1024);
            child = process(engine);
        }
        assertThat(child.isAlive()).isFalse();
    }
}
