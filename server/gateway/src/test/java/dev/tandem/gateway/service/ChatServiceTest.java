package dev.tandem.gateway.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.gateway.model.Models;
import dev.tandem.gateway.model.ServedModel;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.CancelledException;
import dev.tandem.runtime.call.Code;
import dev.tandem.runtime.call.Head;
import dev.tandem.runtime.call.Method;
import dev.tandem.runtime.call.Sink;
import dev.tandem.testing.Script;
import dev.tandem.testing.ScriptedEngine;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatCompletion;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ContentPart;
import dev.tandem.v1.Role;
import dev.tandem.v1.StreamOptions;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChatServiceTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_750_000_000);

    private final List<Spent> spent = new ArrayList<>();
    private final Calls calls = new Calls(() -> "req_1");
    private final Call call = calls.open(head(), null);

    @AfterEach
    void close() {
        calls.close();
    }

    @Test
    void aWholeAnswerHasIdTimeModelTextAndUsage() throws Exception {
        ChatCompletion answer = complete(Script.saying("Hel", "lo"), request());

        assertThat(answer.getId()).isEqualTo("chatcmpl-1");
        assertThat(answer.getCreated()).isEqualTo(NOW.getEpochSecond());
        assertThat(answer.getModel()).isEqualTo("m");
        assertThat(answer.getChoices(0).getMessage().getContent()).isEqualTo("Hello");
        assertThat(answer.getChoices(0).getFinishReason()).isEqualTo("stop");
        assertThat(answer.getUsage().getTotalTokens()).isEqualTo(5);
    }

    @Test
    void theEngineGetsItsOwnNameOfTheModelAndOneTokenLimit() throws Exception {
        ScriptedEngine engine = new ScriptedEngine(Script.saying("hi"));

        run(engine, "Complete", request().setMaxTokens(5).setMaxCompletionTokens(7), m -> {});

        ChatRequest seen = engine.awaitRun().request();
        assertThat(seen.getModel()).isEqualTo("own-m");
        assertThat(seen.getMaxCompletionTokens()).isEqualTo(7);
        assertThat(seen.hasMaxTokens()).isFalse();
    }

    @Test
    void theOlderNameOfTheTokenLimitCountsAlone() throws Exception {
        ScriptedEngine engine = new ScriptedEngine(Script.saying("hi"));

        run(engine, "Complete", request().setMaxTokens(5), m -> {});

        assertThat(engine.awaitRun().request().getMaxTokens()).isEqualTo(5);
    }

    @Test
    void theUsageIsSentOnlyWhereItWasAskedFor() throws Exception {
        ChatRequest.Builder asking =
                request().setStreamOptions(StreamOptions.newBuilder().setIncludeUsage(true));

        List<ChatChunk> without = stream(Script.saying("a"), request());
        List<ChatChunk> with = stream(Script.saying("a"), asking);

        assertThat(without).noneMatch(ChatChunk::hasUsage).allMatch(c -> c.getChoicesCount() == 1);
        assertThat(with).hasSize(without.size() + 1);
        assertThat(with.getLast().getUsage().getTotalTokens()).isEqualTo(4);
        assertThat(with.getLast().getChoicesList()).isEmpty();
    }

    @Test
    void theUsageIsToldToTheServerInAnyCase() throws Exception {
        stream(Script.saying("a", "b"), request());

        assertThat(spent).hasSize(1);
        assertThat(spent.getFirst().model()).isEqualTo("m");
        assertThat(spent.getFirst().counted()).isTrue();
        assertThat(spent.getFirst().finished()).isTrue();
        assertThat(spent.getFirst().usage().getCompletionTokens()).isEqualTo(2);
    }

    @Test
    void aCancelledCallTellsWhatTheEngineCounted() {
        Deque<ChatChunk> taken = new ArrayDeque<>();
        Sink<Object> leaving =
                message -> {
                    call.check();
                    taken.add((ChatChunk) message);
                    if (taken.size() == 2) {
                        call.cancel(CancelCause.CLIENT_LEFT);
                    }
                };

        assertThatThrownBy(() ->
                        run(engine(Script.saying("a", "b", "c")), "Stream", request(), leaving))
                .isInstanceOf(CancelledException.class);

        assertThat(taken).hasSize(2);
        assertThat(spent).hasSize(1);
        assertThat(spent.getFirst().finished()).isFalse();
        assertThat(spent.getFirst().counted()).isTrue();
        assertThat(spent.getFirst().usage().getPromptTokens()).isEqualTo(3);
    }

    @Test
    void anEngineThatFailsWithoutCountingIsCountedByWhatItSent() {
        ApiException failure =
                ApiError.of(Code.UPSTREAM_FAILED, "upstream_error", "gone").toException();

        assertThatThrownBy(() -> stream(Script.saying("a", "b").fail(failure), request()))
                .isSameAs(failure);

        assertThat(spent).hasSize(1);
        assertThat(spent.getFirst().counted()).isFalse();
        assertThat(spent.getFirst().finished()).isFalse();
        assertThat(spent.getFirst().usage().getCompletionTokens()).isEqualTo(2);
    }

    @Test
    void anAnswerThatJustStopsIsAnError() {
        assertThatThrownBy(() -> stream(Script.saying("a").cutOff(), request()))
                .asInstanceOf(InstanceOfAssertFactories.type(ApiException.class))
                .extracting(e -> e.error().reason())
                .isEqualTo("upstream_error");
        assertThatThrownBy(() -> complete(Script.empty().cutOff(), request()))
                .asInstanceOf(InstanceOfAssertFactories.type(ApiException.class))
                .extracting(e -> e.error().reason())
                .isEqualTo("upstream_error");
    }

    private ChatCompletion complete(Script script, ChatRequest.Builder request) throws Exception {
        List<ChatCompletion> answers = new ArrayList<>();
        run(engine(script), "Complete", request, m -> answers.add((ChatCompletion) m));
        assertThat(answers).hasSize(1);
        return answers.getFirst();
    }

    private List<ChatChunk> stream(Script script, ChatRequest.Builder request) throws Exception {
        List<ChatChunk> chunks = new ArrayList<>();
        run(engine(script), "Stream", request, m -> chunks.add((ChatChunk) m));
        return chunks;
    }

    /** Calls a method as a wire does, on this thread. */
    @SuppressWarnings("unchecked") // both methods of the service take a ChatRequest
    private void run(
            ScriptedEngine engine, String name, ChatRequest.Builder request, Sink<Object> sink)
            throws Exception {
        Models models = new Models(List.of(new ServedModel("m", engine, "own-m", NOW)), Map.of());
        ChatService service =
                new ChatService(
                        models,
                        InstantSource.fixed(NOW),
                        kind -> kind + "-1",
                        (ofCall, took) -> spent.add(took));
        Method<ChatRequest, ?> method =
                (Method<ChatRequest, ?>)
                        service.service().methods().stream()
                                .filter(each -> each.descriptor().getName().equals(name))
                                .findFirst()
                                .orElseThrow();
        handle(method, request.build(), sink);
    }

    private <R extends com.google.protobuf.Message> void handle(
            Method<ChatRequest, R> method, ChatRequest request, Sink<Object> sink)
            throws Exception {
        Deque<ChatRequest> source = new ArrayDeque<>(List.of(request));
        method.handler().handle(source::poll, sink::send, call);
    }

    private static ScriptedEngine engine(Script script) {
        return new ScriptedEngine(script);
    }

    private static ChatRequest.Builder request() {
        return ChatRequest.newBuilder()
                .setModel("default")
                .addMessages(
                        ChatMessage.newBuilder()
                                .setRole(Role.ROLE_USER)
                                .addContent(ContentPart.newBuilder().setText("hi")));
    }

    private static Head head() {
        return new Head(
                Head.Wire.GRPC,
                "POST",
                "/tandem.v1.ChatService/Stream",
                "tandem.v1.ChatService/Stream",
                Map.of(),
                InetSocketAddress.createUnresolved("client", 1));
    }
}
