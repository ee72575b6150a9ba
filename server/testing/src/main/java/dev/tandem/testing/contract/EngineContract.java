package dev.tandem.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Code;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.testing.Gate;
import dev.tandem.testing.Script;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChunkChoice;
import dev.tandem.v1.Delta;
import dev.tandem.v1.FunctionCallDelta;
import dev.tandem.v1.JsonSchemaFormat;
import dev.tandem.v1.ResponseFormat;
import dev.tandem.v1.ResponseFormatType;
import dev.tandem.v1.Role;
import dev.tandem.v1.ToolCallDelta;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every engine that chats keeps, whatever its model or the server behind it does. */
@Timeout(60)
public abstract class EngineContract {
    /** From a client's leaving to the end of the work. */
    private static final Duration SOON = Duration.ofMillis(250);

    /** The machine may be busy: one of so many ends soon. */
    private static final int TRIES = 4;

    private static final String SCHEMA =
            "{\"type\":\"object\",\"properties\":{\"capital\":{\"type\":\"string\"}},"
                    + "\"required\":[\"capital\"],\"additionalProperties\":false}";

    private static final ResponseFormat CAPITAL =
            ResponseFormat.newBuilder()
                    .setType(ResponseFormatType.RESPONSE_FORMAT_TYPE_JSON_SCHEMA)
                    .setJsonSchema(
                            JsonSchemaFormat.newBuilder()
                                    .setName("capital")
                                    .setSchema(SCHEMA)
                                    .setStrict(true))
                    .build();

    /** An engine whose model plays the script for each request. */
    protected abstract Stage playing(Script script);

    /** One that plays the script and then breaks, before finish reason and usage. */
    protected abstract Stage breaking(Script script);

    /** One that finds every prompt longer than its context. */
    protected abstract Stage overlong();

    /** One that has too much to do. */
    protected abstract Stage overloaded();

    /** Does text come as it is said? Where not, an answer comes at its end. */
    protected boolean streams() {
        return true;
    }

    /** Can it give several answers to one request? Where not, it refuses them. */
    protected boolean givesSeveralChoices() {
        return true;
    }

    /** Can it hold an answer to a JSON Schema? Where not, it refuses to. */
    protected boolean holdsToSchemas() {
        return true;
    }

    @Test
    protected void anAnswerGoesFromTheRoleToFinishReasonAndUsage() {
        try (Stage stage = playing(Script.saying("a", "b", "c"));
                EngineCall call = EngineCall.begin(stage.engine(), EngineCall.hello().build())) {
            call.awaitEnd();

            assertThat(call.failure()).isNull();
            assertThat(call.text()).isEqualTo("abc");
            List<ChunkChoice> choice = call.choice(0);
            assertThat(choice.getFirst().getDelta().getRole()).isEqualTo(Role.ROLE_ASSISTANT);
            assertThat(choice.subList(1, choice.size()))
                    .noneMatch(later -> later.getDelta().hasRole());
            assertThat(choice.getLast().getFinishReason()).isEqualTo("stop");
            assertThat(choice.subList(0, choice.size() - 1))
                    .noneMatch(ChunkChoice::hasFinishReason);
            ChatChunk last = call.chunks().getLast();
            assertThat(last.getChoicesList()).isEmpty();
            assertThat(last.getUsage().getPromptTokens()).isPositive();
            assertThat(last.getUsage().getTotalTokens())
                    .isEqualTo(
                            last.getUsage().getPromptTokens()
                                    + last.getUsage().getCompletionTokens());
            assertThat(call.chunks()).filteredOn(ChatChunk::hasUsage).hasSize(1);
        }
    }

    @Test
    protected void everyChunkHasTheEnvelope() {
        try (Stage stage = playing(Script.saying("a", "b"));
                EngineCall call = EngineCall.begin(stage.engine(), EngineCall.hello().build())) {
            call.awaitEnd();

            assertThat(call.chunks())
                    .isNotEmpty()
                    .allSatisfy(chunk -> {
                        assertThat(chunk.getId()).isEqualTo(EngineCall.ENVELOPE.getId());
                        assertThat(chunk.getModel()).isEqualTo(EngineCall.ENVELOPE.getModel());
                        assertThat(chunk.getCreated()).isEqualTo(EngineCall.ENVELOPE.getCreated());
                    });
        }
    }

    @Test
    protected void eachChoiceHasItsOwnRoleAndEnd() {
        Assumptions.assumeTrue(givesSeveralChoices(), "it answers once");
        Script script = Script.saying("a").say(1, "b").finish(1, "length");
        try (Stage stage = playing(script);
                EngineCall call =
                        EngineCall.begin(stage.engine(), EngineCall.hello().setN(2).build())) {
            call.awaitEnd();

            assertThat(call.failure()).isNull();
            for (int index : List.of(0, 1)) {
                List<ChunkChoice> choice = call.choice(index);
                assertThat(choice.getFirst().getDelta().getRole()).isEqualTo(Role.ROLE_ASSISTANT);
                assertThat(choice.getLast().getFinishReason())
                        .isEqualTo(index == 0 ? "stop" : "length");
            }
        }
    }

    @Test
    protected void severalChoicesAreRefusedWhereThereIsOne() {
        Assumptions.assumeFalse(givesSeveralChoices(), "it gives several");
        try (Stage stage = playing(Script.saying("a"));
                EngineCall call =
                        EngineCall.begin(stage.engine(), EngineCall.hello().setN(2).build())) {
            call.awaitEnd();

            assertThat(reason(call)).isEqualTo(Reasons.UNSUPPORTED_VALUE.name());
            assertThat(Objects.requireNonNull(call.failure()).param()).isEqualTo("n");
            assertThat(call.chunks()).isEmpty();
        }
    }

    @Test
    protected void anAnswerThatIsHeldToASchemaIsItsJson() {
        Script script = Script.saying("{\"capital\":", "\"Paris\"}");
        try (Stage stage = playing(script);
                EngineCall call =
                        EngineCall.begin(
                                stage.engine(),
                                EngineCall.hello().setResponseFormat(CAPITAL).build())) {
            call.awaitEnd();

            if (!holdsToSchemas()) {
                assertThat(reason(call)).isEqualTo(Reasons.UNSUPPORTED_VALUE.name());
                return;
            }
            assertThat(call.failure()).isNull();
            assertThat(call.text()).isEqualTo("{\"capital\":\"Paris\"}");
            assertThat(call.choice(0).getLast().getFinishReason()).isEqualTo("stop");
            stage.asked().ifPresent(asked -> assertThat(asked).contains(SCHEMA));
        }
    }

    @Test
    protected void toolCallsKeepTheirPlacesAndIds() {
        Script script =
                Script.empty()
                        .delta(0, toolCall(0, "call_a", "f", "{"))
                        .delta(0, toolCall(0, "", "", "}"))
                        .delta(0, toolCall(1, "call_b", "g", "{}"))
                        .finish(0, "tool_calls");
        try (Stage stage = playing(script);
                EngineCall call = EngineCall.begin(stage.engine(), EngineCall.hello().build())) {
            call.awaitEnd();

            assertThat(call.failure()).isNull();
            assertThat(joined(call, 0)).isEqualTo("call_a f {}");
            assertThat(joined(call, 1)).isEqualTo("call_b g {}");
            assertThat(call.choice(0).getLast().getFinishReason()).isEqualTo("tool_calls");
        }
    }

    private static Delta toolCall(int index, String id, String name, String arguments) {
        ToolCallDelta.Builder call = ToolCallDelta.newBuilder().setIndex(index);
        FunctionCallDelta.Builder function = FunctionCallDelta.newBuilder().setArguments(arguments);
        if (!id.isEmpty()) {
            call.setId(id).setType("function");
            function.setName(name);
        }
        return Delta.newBuilder().addToolCalls(call.setFunction(function)).build();
    }

    /** As callers do: what comes is appended. */
    private static String joined(EngineCall call, int index) {
        StringBuilder id = new StringBuilder();
        StringBuilder name = new StringBuilder();
        StringBuilder arguments = new StringBuilder();
        call.choice(0).stream()
                .flatMap(choice -> choice.getDelta().getToolCallsList().stream())
                .filter(delta -> delta.getIndex() == index)
                .forEach(delta -> {
                    id.append(delta.getId());
                    name.append(delta.getFunction().getName());
                    arguments.append(delta.getFunction().getArguments());
                });
        return id + " " + name + " " + arguments;
    }

    @Test
    protected void aCallerWhoLeavesBeforeTheFirstTokenEndsTheWork() {
        assertEndsSoon(Script.empty().pause(new Gate()), (stage, call) -> stage.awaitAsked());
    }

    @Test
    protected void aCallerWhoLeavesBetweenTokensEndsTheWork() {
        Assumptions.assumeTrue(streams(), "the answer comes at its end");
        assertEndsSoon(Script.saying("a").pause(new Gate()), (stage, call) -> call.awaitText());
    }

    @Test
    protected void aCallerWhoLeavesAFloodEndsTheWork() {
        Assumptions.assumeTrue(streams(), "the answer comes at its end");
        assertEndsSoon(Script.empty().flood("x"), (stage, call) -> call.awaitText());
    }

    private void assertEndsSoon(Script script, BiConsumer<Stage, EngineCall> untilLeft) {
        Duration took = SOON;
        for (int i = 0; i < TRIES && took.compareTo(SOON) >= 0; i++) {
            try (Stage stage = playing(script);
                    EngineCall call =
                            EngineCall.begin(stage.engine(), EngineCall.hello().build())) {
                untilLeft.accept(stage, call);
                long left = call.leave();

                long ended = Math.max(call.awaitEnd(), stage.awaitStopped());
                assertThat(reason(call)).isEqualTo(Reasons.CANCELLED.name());
                took = Duration.ofNanos(ended - left);
            }
        }
        assertThat(took).isLessThan(SOON);
    }

    @Test
    protected void theDeadlineEndsTheWork() {
        Duration limit = Duration.ofMillis(200);
        long begun = System.nanoTime();
        try (Stage stage = playing(Script.empty().pause(new Gate()));
                EngineCall call =
                        EngineCall.begin(
                                stage.engine(), EngineCall.hello().build(), limit, () -> {})) {
            long ended = call.awaitEnd();

            assertThat(reason(call)).isEqualTo(Reasons.DEADLINE_EXCEEDED.name());
            assertThat(Duration.ofNanos(ended - begun)).isGreaterThanOrEqualTo(limit);
        }
    }

    @Test
    protected void aSlowReaderLosesNothing() {
        String[] tokens = IntStream.range(0, 300).mapToObj(i -> i + " ").toArray(String[]::new);
        Semaphore wanted = new Semaphore(0);
        try (Stage stage = playing(Script.saying(tokens));
                EngineCall call =
                        EngineCall.begin(
                                stage.engine(),
                                EngineCall.hello().build(),
                                null,
                                wanted::acquireUninterruptibly)) {
            stage.awaitAsked();
            assertThat(call.chunks()).isEmpty();
            wanted.release(Integer.MAX_VALUE);
            call.awaitEnd();

            assertThat(call.failure()).isNull();
            assertThat(call.text()).isEqualTo(String.join("", tokens));
        }
    }

    @Test
    protected void anAnswerThatBreaksIsOneErrorBehindWhatCame() {
        try (Stage stage = breaking(Script.saying("a"));
                EngineCall call = EngineCall.begin(stage.engine(), EngineCall.hello().build())) {
            call.awaitEnd();

            assertThat(reason(call)).isIn("upstream_error", "engine_failed");
            assertThat(call.choice(0)).noneMatch(ChunkChoice::hasFinishReason);
            if (streams()) {
                assertThat(call.text()).isEqualTo("a");
            }
        }
    }

    @Test
    protected void aPromptThatIsTooLongIsTheCallersFault() {
        try (Stage stage = overlong();
                EngineCall call = EngineCall.begin(stage.engine(), EngineCall.hello().build())) {
            call.awaitEnd();

            assertThat(call.chunks()).isEmpty();
            assertThat(reason(call)).isEqualTo("context_length_exceeded");
            assertThat(Objects.requireNonNull(call.failure()).code())
                    .isEqualTo(Code.INVALID_REQUEST);
        }
    }

    @Test
    protected void tooMuchToDoIsWorthAnotherTry() {
        try (Stage stage = overloaded();
                EngineCall call = EngineCall.begin(stage.engine(), EngineCall.hello().build())) {
            call.awaitEnd();

            ApiError failure = Objects.requireNonNull(call.failure());
            assertThat(call.chunks()).isEmpty();
            assertThat(failure.code()).isEqualTo(Code.UNAVAILABLE);
            assertThat(failure.retryAfter()).isPositive();
        }
    }

    @Test
    protected void anEngineThatIsClosedIsNotReady() {
        try (Stage stage = playing(Script.saying("a"))) {
            assertThat(stage.engine().ready()).isTrue();

            stage.engine().close();

            assertThat(stage.engine().ready()).isFalse();
        }
    }

    private static String reason(EngineCall call) {
        ApiError failure = call.failure();
        return failure == null ? "none" : failure.reason();
    }
}
