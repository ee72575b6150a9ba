package dev.tandem.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Code;
import dev.tandem.testing.Caller;
import dev.tandem.testing.Gate;
import dev.tandem.testing.OpenCall;
import dev.tandem.testing.Reply;
import dev.tandem.testing.Run;
import dev.tandem.testing.Script;
import dev.tandem.testing.Wire;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.Delta;
import dev.tandem.v1.FunctionCallDelta;
import dev.tandem.v1.Role;
import dev.tandem.v1.StreamOptions;
import dev.tandem.v1.ToolCallDelta;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What holds of an answer that comes in pieces, on every way that carries one. */
abstract class StreamContract {
    /** Far above what connections, sockets and HTTP/2 windows hold together. */
    private static final int MOST_BYTES_AHEAD = 8 << 20;

    private final Way way;

    StreamContract(Way way) {
        this.way = way;
    }

    @Test
    void aTokenArrivesBeforeTheNextOneIsThought() {
        Gate gate = new Gate();
        try (Fixture gateway = new Fixture(Script.saying("a").pause(gate).say("b"));
                OpenCall<? extends Message> call = gateway.open(way)) {
            assertThat(delta(requireNonNull(call.next())).getRole()).isEqualTo(Role.ROLE_ASSISTANT);
            assertThat(delta(requireNonNull(call.next())).getContent()).isEqualTo("a");

            gate.open();

            assertThat(Fixture.text(call.rest())).isEqualTo("ab");
        }
    }

    @Test
    void theStreamEndsWithAFinishReasonAndTheEndMarkOfItsWire() {
        try (Fixture gateway = new Fixture(Script.saying("a"))) {
            Reply<? extends Message> reply = gateway.call(way);

            ChatChunk last = (ChatChunk) reply.messages().getLast();
            assertThat(last.getChoices(0).getFinishReason()).isEqualTo("stop");
            assertThat(reply.done()).isEqualTo(way.wire().format() == Wire.Format.SSE);
        }
    }

    @Test
    void anErrorInTheMiddleIsTheLastWord() {
        ApiError failure =
                ApiError.of(Code.UPSTREAM_FAILED, "upstream_error", "The engine went away.");
        try (Fixture gateway = new Fixture(Script.saying("a", "b").fail(failure.toException()))) {
            Reply<? extends Message> reply = gateway.call(way);

            assertThat(Fixture.text(reply)).isEqualTo("ab");
            assertThat(reply.error().reason()).isEqualTo("upstream_error");
            assertThat(reply.error().message()).isEqualTo("The engine went away.");
            assertThat(reply.error().requestId()).isNotEmpty();
            assertThat(reply.done()).isFalse();
            assertThat(reply.status())
                    .isEqualTo(way.wire() == Wire.GRPC ? Code.UPSTREAM_FAILED.grpc() : 200);
        }
    }

    @Test
    void anEngineThatJustStopsIsAnErrorNotASilentEnd() {
        try (Fixture gateway = new Fixture(Script.saying("a").cutOff())) {
            Reply<? extends Message> reply = gateway.call(way);

            assertThat(Fixture.text(reply)).isEqualTo("a");
            assertThat(reply.error().reason()).isEqualTo("upstream_error");
            assertThat(reply.done()).isFalse();
        }
    }

    @Test
    void theUsageComesLastAndOnlyWhereItWasAskedFor() {
        ChatRequest asking =
                Fixture.request()
                        .setStreamOptions(StreamOptions.newBuilder().setIncludeUsage(true))
                        .build();
        try (Fixture gateway = new Fixture(Script.saying("a", "b"))) {
            List<? extends Message> without = gateway.call(way).messages();
            List<? extends Message> with = gateway.call(way, asking, Caller.PLAIN).messages();

            assertThat(without).noneMatch(message -> ((ChatChunk) message).hasUsage());
            ChatChunk last = (ChatChunk) with.getLast();
            assertThat(last.getChoicesList()).isEmpty();
            assertThat(last.getUsage().getPromptTokens()).isEqualTo(3);
            assertThat(last.getUsage().getCompletionTokens()).isEqualTo(2);
            assertThat(with.subList(0, with.size() - 1)).isEqualTo(without);
        }
    }

    @Test
    void deltasOfToolCallsPassAsTheyCome() {
        Script script =
                Script.empty()
                        .delta(0, call(0, "call_1", "get_weather", "{\"city\":"))
                        .delta(0, call(1, "call_2", "add", ""))
                        .delta(0, arguments(0, "\"Paris\"}"))
                        .finish(0, "tool_calls");
        try (Fixture gateway = new Fixture(script)) {
            Reply<? extends Message> reply = gateway.call(way);

            assertThat(reply.messages())
                    .extracting(message -> delta(message).getToolCallsList())
                    .containsExactly(
                            List.of(), // the role
                            call(0, "call_1", "get_weather", "{\"city\":").getToolCallsList(),
                            call(1, "call_2", "add", "").getToolCallsList(),
                            arguments(0, "\"Paris\"}").getToolCallsList(),
                            List.of()); // the finish reason
        }
    }

    @Test
    void aReaderWhoStopsHoldsTheEngineBack() {
        String token = "x".repeat(1000);
        try (Fixture gateway = new Fixture(Script.empty().flood(token));
                OpenCall<? extends Message> call = gateway.open(way)) {
            call.next();
            Run run = gateway.engine.awaitRun();

            run.awaitBlocked();

            assertThat((long) run.sent() * token.length()).isLessThan(MOST_BYTES_AHEAD);
            call.leave();
            assertThat(run.awaitEnd()).isEqualTo(Run.End.CANCELLED);
        }
    }

    @Test
    void aClientThatLeavesWhileTheEngineTalksEndsTheWork() {
        try (Fixture gateway = new Fixture(Script.empty().flood("and "));
                OpenCall<? extends Message> call = gateway.open(way)) {
            call.next();
            call.leave();

            assertThat(gateway.engine.awaitRun().awaitEnd()).isEqualTo(Run.End.CANCELLED);
        }
    }

    @Test
    void theDeadlineEndsAStreamInTheMiddle() {
        try (Fixture gateway = new Fixture(Script.saying("a").pause(new Gate()))) {
            Caller hasty = Caller.PLAIN.within(Duration.ofSeconds(1));

            Reply<? extends Message> reply = gateway.call(way, Fixture.request().build(), hasty);

            assertThat(Fixture.text(reply)).isEqualTo("a");
            assertThat(reply.done()).isFalse();
            assertThat(gateway.engine.awaitRun().awaitEnd()).isEqualTo(Run.End.CANCELLED);
            if (way.wire() != Wire.GRPC) { // a gRPC client gives up by itself, at the same moment
                assertThat(reply.error().reason()).isEqualTo("deadline_exceeded");
            }
        }
    }

    private static Delta delta(Message message) {
        return ((ChatChunk) message).getChoices(0).getDelta();
    }

    private static Delta call(int index, String id, String name, String arguments) {
        return Delta.newBuilder()
                .addToolCalls(
                        ToolCallDelta.newBuilder()
                                .setIndex(index)
                                .setId(id)
                                .setType("function")
                                .setFunction(
                                        FunctionCallDelta.newBuilder()
                                                .setName(name)
                                                .setArguments(arguments)))
                .build();
    }

    private static Delta arguments(int index, String more) {
        return Delta.newBuilder()
                .addToolCalls(
                        ToolCallDelta.newBuilder()
                                .setIndex(index)
                                .setFunction(FunctionCallDelta.newBuilder().setArguments(more)))
                .build();
    }
}
