package dev.tandem.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.tandem.runtime.Server;
import dev.tandem.runtime.WireLimit;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Service;
import dev.tandem.testing.Caller;
import dev.tandem.testing.Gate;
import dev.tandem.testing.Reply;
import dev.tandem.testing.Run;
import dev.tandem.testing.Script;
import dev.tandem.testing.ScriptedEngine;
import dev.tandem.testing.TestServer;
import dev.tandem.testing.Wire;
import dev.tandem.testing.contract.EngineCall;
import dev.tandem.v1.Capability;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatCompletion;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ChatServiceGrpc;
import dev.tandem.v1.ChunkChoice;
import dev.tandem.v1.CompletionTokensDetails;
import dev.tandem.v1.Delta;
import dev.tandem.v1.PromptTokensDetails;
import dev.tandem.v1.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Chats with another server, and the connection to it, beside errors. */
@Timeout(60)
class TandemEngineTest {
    private static final UnknownFieldSet OF_A_LATER_VERSION =
            UnknownFieldSet.newBuilder()
                    .addField(
                            77,
                            UnknownFieldSet.Field.newBuilder()
                                    .addLengthDelimited(ByteString.copyFromUtf8("later"))
                                    .build())
                    .build();

    private final ScriptedEngine scripted = new ScriptedEngine(TandemEngineTest::script);
    private final Connected connected = Connected.to(scripted);
    private final OtherTandem other = connected.other();
    private final TandemEngine engine = connected.engine();

    @AfterEach
    void close() {
        connected.close();
    }

    private static Script script(ChatRequest request) {
        if (request.getMaxTokens() == 1) {
            return Script.empty().flood("more and more ");
        }
        return request.getMaxTokens() == 2
                ? Script.saying("a").pause(new Gate())
                : Script.empty()
                        .send(
                                ChunkChoice.newBuilder()
                                        .setDelta(
                                                Delta.newBuilder()
                                                        .setContent("a")
                                                        .putExtra("reasoning_content", "\"hm\""))
                                        .setUnknownFields(OF_A_LATER_VERSION)
                                        .build());
    }

    @Test
    void whatIsNotKnownHereGoesThroughBothWays() {
        ChatRequest request =
                EngineCall.hello()
                        .putExtra("top_k", "40")
                        .setUnknownFields(OF_A_LATER_VERSION)
                        .build();
        try (EngineCall call = EngineCall.begin(engine, request)) {
            call.awaitEnd();

            ChatRequest theirs = scripted.awaitRun().request();
            assertThat(theirs.getExtraMap()).containsEntry("top_k", "40");
            assertThat(theirs.getUnknownFields()).isEqualTo(OF_A_LATER_VERSION);
            assertThat(call.choice(0))
                    .anySatisfy(choice -> {
                        assertThat(choice.getDelta().getExtraMap())
                                .containsEntry("reasoning_content", "\"hm\"");
                        assertThat(choice.getUnknownFields()).isEqualTo(OF_A_LATER_VERSION);
                    });
        }
    }

    @Test
    void whatTheOtherServerTookIsToldInFull() {
        Usage took =
                Usage.newBuilder()
                        .setPromptTokens(123)
                        .setCompletionTokens(9)
                        .setTotalTokens(132)
                        .setPromptTokensDetails(
                                PromptTokensDetails.newBuilder()
                                        .setCachedTokens(100)
                                        .setCacheWriteTokens(20))
                        .setCompletionTokensDetails(
                                CompletionTokensDetails.newBuilder().setReasoningTokens(5))
                        .build();
        other.saying(chunk -> chunk.hasUsage() ? chunk.toBuilder().setUsage(took).build() : chunk);
        try (EngineCall call = EngineCall.begin(engine, EngineCall.hello().build())) {
            call.awaitEnd();

            assertThat(call.failure()).isNull();
            assertThat(call.chunks().getLast().getUsage()).isEqualTo(took);
        }
    }

    @Test
    void theOtherServerKnowsTheCallsLimitAndId() {
        try (EngineCall call =
                EngineCall.begin(
                        engine,
                        EngineCall.hello().setMaxTokens(2).build(),
                        Duration.ofSeconds(40),
                        () -> {})) {
            call.awaitText();

            Run run = scripted.awaitRun();
            assertThat(run.remaining().orElseThrow())
                    .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(40));
            assertThat(other.calls().getFirst().requestId()).isEqualTo("req_1");
        }
    }

    @Test
    void aCallWithoutLimitHasNoneThere() {
        try (EngineCall call =
                EngineCall.begin(engine, EngineCall.hello().setMaxTokens(2).build())) {
            call.awaitText();

            // that server's own limit for whole calls
            assertThat(scripted.awaitRun().remaining().orElse(Duration.ofDays(1)))
                    .isGreaterThan(Duration.ofMinutes(20));
        }
    }

    @Test
    void aSlowReaderHoldsTheOtherServerBack() {
        Semaphore wanted = new Semaphore(2);
        try (EngineCall call =
                EngineCall.begin(
                        engine,
                        EngineCall.hello().setMaxTokens(1).build(),
                        null,
                        wanted::acquireUninterruptibly)) {
            Run run = scripted.awaitRun();
            run.awaitBlocked();

            // what fits into the windows between the two, and no more
            assertThat(run.sent()).isLessThan(20_000);
            int before = run.sent();
            call.leave();
            wanted.release(Integer.MAX_VALUE / 2);
            assertThat(run.awaitEnd()).isEqualTo(Run.End.CANCELLED);
            assertThat(run.sent()).isLessThan(before + 100);
        }
    }

    @Test
    void twoHundredStreamsShareAConnection() {
        try (Relay relay = new Relay(other.server().port());
                TandemConnection shared =
                        TandemConnection.open(TandemSettings.of(relay.address()));
                TandemEngine far = OtherTandem.awaitReady(new TandemEngine(shared, "own"))) {
            List<EngineCall> calls = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                calls.add(EngineCall.begin(far, EngineCall.hello().setMaxTokens(2).build()));
            }
            calls.forEach(EngineCall::awaitText);
            assertThat(scripted.running()).isEqualTo(200);
            assertThat(relay.accepted()).isEqualTo(1);

            calls.forEach(EngineCall::leave);
            calls.forEach(EngineCall::awaitEnd);
            Until.holds("all work has ended", () -> scripted.running() == 0);
            calls.forEach(EngineCall::close);
        }
    }

    @Test
    void aServerThatDiesInTheMiddleIsOneErrorAndIsUsedAgainWhenItIsBack() {
        try (Relay relay = new Relay(other.server().port());
                TandemConnection way = TandemConnection.open(TandemSettings.of(relay.address()));
                TandemEngine far = OtherTandem.awaitReady(new TandemEngine(way, "own"));
                EngineCall call =
                        EngineCall.begin(far, EngineCall.hello().setMaxTokens(2).build())) {
            call.awaitText();
            long cut = System.nanoTime();
            relay.cut();

            assertThat(Duration.ofNanos(call.awaitEnd() - cut)).isLessThan(Duration.ofSeconds(5));
            assertThat(Objects.requireNonNull(call.failure()).reason()).isEqualTo("upstream_error");
            assertThat(Until.holds("it is away", () -> !far.ready()))
                    .isLessThan(Duration.ofSeconds(5));
            try (EngineCall next = EngineCall.begin(far, EngineCall.hello().build())) {
                next.awaitEnd();
                assertThat(Objects.requireNonNull(next.failure()).reason())
                        .isEqualTo("upstream_unavailable");
            }

            relay.mend();
            Until.holds("it is back", far::ready);
            try (EngineCall next = EngineCall.begin(far, EngineCall.hello().build())) {
                next.awaitEnd();
                assertThat(next.failure()).isNull();
                assertThat(next.text()).isEqualTo("a");
            }
        }
    }

    @Test
    void aServerThatAsksForANewConnectionLosesNoCall() {
        try (OtherTandem restless =
                        OtherTandem.with(
                                new ScriptedEngine(Script.saying("a")),
                                server -> server.limits(Map.of(WireLimit.MAX_AGE, 1L)));
                Relay relay = new Relay(restless.server().port());
                TandemConnection way = TandemConnection.open(TandemSettings.of(relay.address()));
                TandemEngine far = OtherTandem.awaitReady(new TandemEngine(way, "own"))) {
            while (relay.accepted() < 4) {
                try (EngineCall call = EngineCall.begin(far, EngineCall.hello().build())) {
                    call.awaitEnd();
                    assertThat(call.failure()).isNull();
                }
            }
            assertThat(far.ready()).isTrue();
        }
    }

    @Test
    void aServerThatIsNotReadyIsNoReadyEngine() {
        scripted.ready(false);
        Until.holds("it is not ready", () -> !engine.ready());

        scripted.ready(true);
        Until.holds("it is ready again", engine::ready);
    }

    @Test
    void whatTheModelCanDoIsLearnt() {
        Until.holds("it is learnt", () -> engine.contextLength().isPresent());

        assertThat(engine.contextLength()).isEqualTo(OptionalInt.of(4096));
        assertThat(engine.owner()).isEqualTo("test");
        assertThat(engine.capabilities()).isEqualTo(scripted.capabilities());

        scripted.capabilities(Set.of(Capability.CAPABILITY_EMBEDDING));
        Until.holds(
                "it is learnt again",
                () -> engine.capabilities().equals(Set.of(Capability.CAPABILITY_EMBEDDING)));
    }

    @Test
    void anEngineForAModelThatIsNotThereIsNotReady() {
        try (TandemEngine missing = new TandemEngine(connected.connection(), "nobody")) {
            Until.holds("that is learnt", () -> !missing.ready());

            assertThat(connected.connection().reachable()).isTrue();
        }
    }

    @Test
    void aCallKeepsItsPlaceInItsTrace() {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        Service chat =
                Service.of(ChatServiceGrpc.getServiceDescriptor())
                        .unary(
                                ChatServiceGrpc.getCompleteMethod(),
                                (request, call) -> ChatCompletion.getDefaultInstance())
                        .stream(
                                ChatServiceGrpc.getStreamMethod(),
                                (request, sink, call) ->
                                        engine.chat(request, EngineCall.ENVELOPE, sink, call))
                        .build();
        try (TestServer front = TestServer.of(Server.builder().service(chat).start())) {
            Reply<ChatChunk> reply =
                    front.client()
                            .call(
                                    Wire.GRPC,
                                    ChatServiceGrpc.getStreamMethod(),
                                    EngineCall.hello().build(),
                                    Caller.PLAIN.header(
                                            "traceparent", "00-" + trace + "-b7ad6b7169203331-01"));
            Call there = other.calls().getLast();

            assertThat(reply.failure()).isNull();
            assertThat(there.head().header("traceparent").orElse("")).contains(trace);
            assertThat(there.requestId()).startsWith("req_").hasSizeGreaterThan(10);
        }
    }
}
