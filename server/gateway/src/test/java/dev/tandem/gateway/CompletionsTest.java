package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.gateway.service.Spent;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Code;
import dev.tandem.testing.Gate;
import dev.tandem.testing.OpenCall;
import dev.tandem.testing.Reply;
import dev.tandem.testing.Run;
import dev.tandem.testing.Script;
import dev.tandem.v1.CompletionRequest;
import dev.tandem.v1.CompletionServiceGrpc;
import dev.tandem.v1.Prompt;
import dev.tandem.v1.StreamOptions;
import dev.tandem.v1.TextCompletion;
import dev.tandem.v1.TextCompletionChoice;
import dev.tandem.v1.TextLogprobs;
import dev.tandem.v1.TokenIds;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Continuations on every way, whole and in pieces. */
class CompletionsTest {
    private static CompletionRequest.Builder after(String... prompts) {
        CompletionRequest.Builder request = CompletionRequest.newBuilder().setModel("tiny");
        for (String prompt : prompts) {
            request.addPrompt(Prompt.newBuilder().setText(prompt));
        }
        return request;
    }

    private static OpenCall<TextCompletion> open(
            Fixture gateway, Way way, CompletionRequest.Builder request) {
        return gateway.server.open(
                way.wire(),
                way.streams()
                        ? CompletionServiceGrpc.getStreamMethod()
                        : CompletionServiceGrpc.getCompleteMethod(),
                request.build());
    }

    private static Reply<TextCompletion> call(
            Fixture gateway, Way way, CompletionRequest.Builder request) {
        try (OpenCall<TextCompletion> call = open(gateway, way, request)) {
            return call.rest();
        }
    }

    private static String text(Reply<TextCompletion> reply, int index) {
        return reply.messages().stream()
                .flatMap(message -> message.getChoicesList().stream())
                .filter(choice -> choice.getIndex() == index)
                .map(TextCompletionChoice::getText)
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void theEnginesWordsArrive(Way way) {
        try (Fixture gateway =
                new Fixture(Script.saying(" upon", " a", " time").finish(0, "length"))) {
            Reply<TextCompletion> reply = call(gateway, way, after("Once"));

            assertThat(reply.ok()).as("%s", reply).isTrue();
            assertThat(text(reply, 0)).isEqualTo(" upon a time");
            assertThat(reply.done()).isEqualTo(way.wire().name().startsWith("SSE"));
            TextCompletion last = reply.messages().getLast();
            assertThat(last.getId()).isEqualTo("cmpl-1");
            assertThat(last.getModel()).isEqualTo("tiny");
            assertThat(last.getCreated()).isEqualTo(Fixture.NOW.getEpochSecond());
            assertThat(last.getChoices(0).getFinishReason()).isEqualTo("length");
            assertThat(last.hasUsage()).isEqualTo(!way.streams());
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void everyPromptHasItsChoicesInTheOrderOfTheRequest(Way way) {
        Script script = Script.empty().say(0, "a").say(1, "b");
        try (Fixture gateway = new Fixture(script)) {
            CompletionRequest.Builder request = after("One", "Two", "Three").setN(2).setEcho(true);
            Reply<TextCompletion> reply = call(gateway, way, request);

            List<String> texts = List.of("Onea", "Oneb", "Twoa", "Twob", "Threea", "Threeb");
            for (int i = 0; i < texts.size(); i++) {
                assertThat(text(reply, i)).isEqualTo(texts.get(i));
            }
            assertThat(gateway.engine.runs()).hasSize(3);
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void theUsageOfAllPromptsIsToldInOne(Way way) throws InterruptedException {
        try (Fixture gateway = new Fixture(Script.saying("a", "b").promptTokens(5))) {
            CompletionRequest.Builder request = after("One", "Two");
            if (way.streams()) {
                request.setStreamOptions(StreamOptions.newBuilder().setIncludeUsage(true));
            }
            Reply<TextCompletion> reply = call(gateway, way, request);

            assertThat(reply.messages().stream().filter(TextCompletion::hasUsage)).hasSize(1);
            assertThat(reply.messages().getLast().getUsage().getPromptTokens()).isEqualTo(10);
            assertThat(reply.messages().getLast().getUsage().getTotalTokens()).isEqualTo(14);
            Spent spent = gateway.spent.take();
            assertThat(spent.usage()).isEqualTo(reply.messages().getLast().getUsage());
            assertThat(spent.counted()).isTrue();
            assertThat(spent.finished()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void tokensAndLogprobsKeepTheirNulls(Way way) {
        try (Fixture gateway = new Fixture(Script.saying("!"))) {
            CompletionRequest.Builder request =
                    after().addPrompt(
                                    Prompt.newBuilder()
                                            .setTokens(
                                                    TokenIds.newBuilder().addIds('H').addIds('i')))
                            .setEcho(true)
                            .setLogprobs(1);
            Reply<TextCompletion> reply = call(gateway, way, request);

            TextLogprobs.Builder columns = TextLogprobs.newBuilder();
            reply.messages().stream()
                    .flatMap(message -> message.getChoicesList().stream())
                    .forEach(choice -> columns.mergeFrom(choice.getLogprobs()));
            assertThat(text(reply, 0)).isEqualTo("Hi!");
            assertThat(columns.getTokensList()).containsExactly("Hi", "!");
            assertThat(columns.getTokenLogprobs(0).hasLogprob()).isFalse();
            assertThat(columns.getTokenLogprobs(1).getLogprob()).isEqualTo(-0.5);
            assertThat(columns.getTextOffsetList()).containsExactly(0, 2);
            assertThat(columns.getTopLogprobs(1).getStructValue().getFieldsMap())
                    .containsOnlyKeys("!");
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void anErrorAboutThePromptNamesWhichOne(Way way) {
        ApiError refusal =
                ApiError.ofParam(
                        Code.INVALID_REQUEST, "context_length_exceeded", "prompt", "Too long.");
        try (Fixture gateway = new Fixture(Script.empty().fail(refusal.toException()))) {
            assertThat(call(gateway, way, after("One")).error().param()).isEqualTo("prompt");
            assertThat(call(gateway, way, after("One", "Two")).error().param())
                    .isEqualTo("prompt[0]");
            assertThat(call(gateway, way, after("One")).status())
                    .isEqualTo(way.wire().status(Code.INVALID_REQUEST));
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void anAnswerThatJustStopsIsAnError(Way way) {
        try (Fixture gateway = new Fixture(Script.saying("a").cutOff())) {
            Reply<TextCompletion> reply = call(gateway, way, after("One"));

            assertThat(reply.error().reason()).isEqualTo("upstream_error");
            assertThat(reply.done()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aClientThatLeavesEndsTheWork(Way way) throws InterruptedException {
        Gate gate = new Gate();
        try (Fixture gateway = new Fixture(Script.saying("a").pause(gate).say("b"))) {
            try (OpenCall<TextCompletion> call = open(gateway, way, after("One", "Two"))) {
                gateway.engine.awaitRun().awaitSent(2);
                call.leave();
                assertThat(gateway.engine.awaitRun().awaitEnd()).isEqualTo(Run.End.CANCELLED);
            }
            assertThat(gateway.spent.take().finished()).isFalse();
            assertThat(gateway.engine.runs()).hasSize(1);
        }
    }
}
