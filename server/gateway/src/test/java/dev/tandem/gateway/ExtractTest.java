package dev.tandem.gateway;

import static dev.tandem.gateway.Extracting.GOOD;
import static dev.tandem.gateway.Extracting.extract;
import static dev.tandem.gateway.Extracting.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.engines.Refusal;
import dev.tandem.gateway.service.Spent;
import dev.tandem.runtime.call.ApiError.Violation;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.Code;
import dev.tandem.testing.Caller;
import dev.tandem.testing.Failure;
import dev.tandem.testing.Gate;
import dev.tandem.testing.OpenCall;
import dev.tandem.testing.Reply;
import dev.tandem.testing.Run;
import dev.tandem.testing.Script;
import dev.tandem.testing.Wire;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.Delta;
import dev.tandem.v1.ExtractExample;
import dev.tandem.v1.ExtractMode;
import dev.tandem.v1.ExtractRequest;
import dev.tandem.v1.Extraction;
import dev.tandem.v1.ExtractionServiceGrpc;
import dev.tandem.v1.Role;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One object out of a text, by every wire that gives whole answers. */
class ExtractTest {
    private static final String BAD = "{\"name\":\"Zoë\",\"age\":\"thirty\"}";

    @ParameterizedTest
    @EnumSource(names = {"GRPC", "REST", "REST_H2"})
    void aValidObjectComesAsItWasWritten(Wire wire) throws InterruptedException {
        try (Fixture gateway =
                Extracting.with(Script.saying(GOOD.substring(0, 9), GOOD.substring(9)))) {
            Extraction found = extract(gateway, wire, Extracting.person()).message();

            assertThat(found.getValue()).isEqualTo(GOOD);
            assertThat(found.getId()).isEqualTo("extract-1");
            assertThat(found.getModel()).isEqualTo("tiny");
            assertThat(found.getTries()).isEqualTo(1);
            assertThat(found.getMode()).isEqualTo(ExtractMode.EXTRACT_MODE_JSON_SCHEMA);
            assertThat(found.getUsage().getTotalTokens()).isEqualTo(5);
            Spent spent = gateway.spent.take();
            assertThat(spent.usage().getTotalTokens()).isEqualTo(5);
            assertThat(spent.counted()).isTrue();
            assertThat(spent.finished()).isTrue();
        }
    }

    @Test
    void theEngineIsHeldToTheSchemaAndToldWhatToDo() {
        try (Fixture gateway = Extracting.with(Script.saying(GOOD))) {
            extract(
                    gateway,
                    Wire.GRPC,
                    Extracting.person()
                            .setInstructions("Ages are in years.")
                            .setMaxTokens(50)
                            .setSeed(7)
                            .addExamples(
                                    ExtractExample.newBuilder()
                                            .setText("Ann is 4.")
                                            .setValue("{\"name\":\"Ann\",\"age\":4}")));

            ChatRequest asked = gateway.engine.awaitRun().request();
            assertThat(asked.getModel()).isEqualTo("own");
            assertThat(asked.getResponseFormat().getJsonSchema().getSchema())
                    .isEqualTo(Extracting.PERSON);
            assertThat(asked.getResponseFormat().getJsonSchema().getStrict()).isTrue();
            assertThat(asked.getTemperature()).isZero();
            assertThat(asked.getMaxTokens()).isEqualTo(50);
            assertThat(asked.getSeed()).isEqualTo(7);
            assertThat(asked.getMessagesList())
                    .extracting(ChatMessage::getRole)
                    .containsExactly(
                            Role.ROLE_SYSTEM, Role.ROLE_USER, Role.ROLE_ASSISTANT, Role.ROLE_USER);
            assertThat(text(asked, 0)).contains("Ages are in years.").doesNotContain("additional");
            assertThat(text(asked, 3)).isEqualTo("Zoë is thirty.");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GRPC", "REST", "REST_H2"})
    void anInvalidObjectIsShownToTheModelAgain(Wire wire) throws InterruptedException {
        try (Fixture gateway =
                Extracting.with(Script.saying(BAD), Script.saying("no"), Script.saying(GOOD))) {
            Extraction found = extract(gateway, wire, Extracting.person()).message();

            assertThat(found.getValue()).isEqualTo(GOOD);
            assertThat(found.getTries()).isEqualTo(3);
            assertThat(found.getUsage().getTotalTokens()).isEqualTo(12);
            assertThat(gateway.spent.take().usage().getTotalTokens()).isEqualTo(12);
            assertThat(gateway.spent).isEmpty();
            ChatRequest second = gateway.engine.awaitRun(1).request();
            assertThat(second.getMessages(2).getRole()).isEqualTo(Role.ROLE_ASSISTANT);
            assertThat(text(second, 2)).isEqualTo(BAD);
            assertThat(text(second, 3)).contains("/age").contains("integer");
            assertThat(text(gateway.engine.awaitRun(2).request(), 2)).isEqualTo("no");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GRPC", "REST", "REST_H2"})
    void afterTheLastTryTheViolationsAreTold(Wire wire) throws InterruptedException {
        try (Fixture gateway = Extracting.with(Script.saying(BAD))) {
            Reply<Extraction> reply = extract(gateway, wire, Extracting.person().setMaxRetries(1));

            assertThat(reply.status()).isEqualTo(wire.status(Code.UPSTREAM_FAILED));
            assertThat(reply.error().reason()).isEqualTo("answer_invalid");
            assertThat(reply.error().violations())
                    .extracting(Violation::field)
                    .containsExactly("value#/age");
            assertThat(gateway.engine.runs()).hasSize(2);
            Spent spent = gateway.spent.take();
            assertThat(spent.finished()).isFalse();
            assertThat(spent.usage().getTotalTokens()).isEqualTo(8);
        }
    }

    @Test
    void withoutRetriesOneAnswerCounts() {
        try (Fixture gateway = Extracting.with(Script.saying(BAD))) {
            extract(gateway, Wire.REST, Extracting.person().setMaxRetries(0));

            assertThat(gateway.engine.runs()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GRPC", "REST", "REST_H2"})
    void whatIsWrongWithTheRequestIsToldBeforeTheEngineIsAsked(Wire wire) {
        try (Fixture gateway = Extracting.with(Script.saying(GOOD))) {
            ExtractRequest.Builder good = Extracting.person();
            assertRefused(gateway, wire, good.clone().setSchema("{\"type\":7}"), "schema#/type");
            assertRefused(
                    gateway,
                    wire,
                    good.clone().setSchema("{\"$ref\":\"https://example.com/s\"}"),
                    "schema#/$ref");
            assertRefused(gateway, wire, good.clone().setSchema("{\"type\":\"array\"}"), "schema");
            assertRefused(
                    gateway, wire, good.clone().setMessageType("no.such.Message"), "message_type");
            assertRefused(gateway, wire, good.clone().clearText(), "text");
            assertRefused(gateway, wire, good.clone().addMessages(Fixture.user("hi")), "text");
            assertRefused(gateway, wire, good.clone().setBinary(true), "binary");
            assertRefused(gateway, wire, good.clone().setMaxRetries(6), "max_retries");
            assertRefused(
                    gateway,
                    wire,
                    good.clone()
                            .addExamples(ExtractExample.newBuilder().setText("x").setValue(BAD)),
                    "examples[0].value#/age");
            assertRefused(
                    gateway,
                    wire,
                    good.clone().setSchema("{\"title\":\"" + "a".repeat(300_000) + "\"}"),
                    "schema");
            assertThat(gateway.engine.runs()).isEmpty();
        }
    }

    private static void assertRefused(
            Fixture gateway, Wire wire, ExtractRequest.Builder request, String param) {
        Reply<Extraction> reply = extract(gateway, wire, request);

        assertThat(reply.status()).as(param).isEqualTo(wire.status(Code.VALIDATION_FAILED));
        assertThat(reply.error().reason()).isEqualTo("validation_failed");
        assertThat(reply.error().param()).isEqualTo(param);
    }

    @ParameterizedTest
    @EnumSource(names = {"GRPC", "REST", "REST_H2"})
    void keysAreUnicodeAndNumbersExact(Wire wire) {
        String schema =
                "{\"properties\":{\"größe\":{\"type\":\"number\"}},\"required\":[\"größe\"]}";
        String value =
                "{\"größe\":12345678901234567890.123456789012345678901234567890,\"数\":1.50e2}";
        try (Fixture gateway = Extracting.with(Script.saying(value))) {
            assertThat(
                            extract(gateway, wire, Extracting.person().setSchema(schema))
                                    .message()
                                    .getValue())
                    .isEqualTo(value);
        }
    }

    @Test
    void anAnswerThatWasCutSaysSo() {
        try (Fixture gateway = Extracting.with(Script.saying("{\"na").finish(0, "length"))) {
            Failure limited =
                    extract(gateway, Wire.REST, Extracting.person().setMaxTokens(1)).error();
            Failure full = extract(gateway, Wire.REST, Extracting.person()).error();

            assertThat(limited.reason()).isEqualTo("answer_cut");
            assertThat(limited.param()).isEqualTo("max_tokens");
            assertThat(full.reason()).isEqualTo("answer_cut");
            assertThat(full.param()).isNull();
            assertThat(gateway.engine.runs()).hasSize(2);
        }
    }

    @Test
    void anObjectThatWasWholeBeforeTheCutCounts() {
        try (Fixture gateway = Extracting.with(Script.saying(GOOD, "\n\n").finish(0, "length"))) {
            assertThat(extract(gateway, Wire.REST, Extracting.person()).ok()).isTrue();
        }
    }

    @Test
    void aRefusalIsToldAndNotTriedAgain() {
        Delta refusal = Delta.newBuilder().setRefusal("I would rather not.").build();
        try (Fixture gateway = Extracting.with(Script.empty().delta(0, refusal))) {
            Failure failure = extract(gateway, Wire.REST, Extracting.person()).error();

            assertThat(failure.reason()).isEqualTo("answer_refused");
            assertThat(failure.message()).contains("I would rather not.");
            assertThat(gateway.engine.runs()).hasSize(1);
        }
    }

    @Test
    void aConversationIsReadWithItsOwnInstructions() {
        ChatMessage own = Fixture.user("Be brief.").setRole(Role.ROLE_SYSTEM).build();
        ChatMessage answer = Fixture.user("Hm.").setRole(Role.ROLE_ASSISTANT).build();
        try (Fixture gateway = Extracting.with(Script.saying(GOOD))) {
            extract(
                    gateway,
                    Wire.GRPC,
                    Extracting.person()
                            .clearText()
                            .addMessages(own)
                            .addMessages(Fixture.user("I am Zoë."))
                            .addMessages(answer));

            ChatRequest asked = gateway.engine.awaitRun().request();
            assertThat(asked.getMessagesList())
                    .extracting(ChatMessage::getRole)
                    .containsExactly(
                            Role.ROLE_SYSTEM, Role.ROLE_USER, Role.ROLE_ASSISTANT, Role.ROLE_USER);
            assertThat(asked.getMessages(0).getContentList().getLast().getText())
                    .isEqualTo("Be brief.");
        }
    }

    @Test
    void aClientThatLeavesEndsTheWork() {
        try (Fixture gateway = Extracting.with(Script.saying("{").pause(new Gate()));
                OpenCall<Extraction> call =
                        gateway.server
                                .client()
                                .open(
                                        Wire.REST,
                                        ExtractionServiceGrpc.getExtractMethod(),
                                        Extracting.person().build(),
                                        Caller.PLAIN)) {
            Run run = gateway.engine.awaitRun();
            run.awaitSent(2);
            call.leave();

            assertThat(run.awaitEnd()).isEqualTo(Run.End.CANCELLED);
            assertThat(run.cancelled()).isEqualTo(CancelCause.CLIENT_LEFT);
            assertThat(gateway.engine.runs()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GRPC", "REST"})
    void theDeadlineEndsAllTries(Wire wire) {
        try (Fixture gateway =
                Extracting.with(Script.saying(BAD), Script.empty().pause(new Gate()))) {
            Reply<Extraction> reply =
                    gateway.server
                            .client()
                            .call(
                                    wire,
                                    ExtractionServiceGrpc.getExtractMethod(),
                                    Extracting.person().build(),
                                    Caller.PLAIN.within(Duration.ofSeconds(5)));

            assertThat(reply.status()).isEqualTo(wire.status(Code.DEADLINE_EXCEEDED));
            assertThat(gateway.engine.awaitRun(1).awaitEnd()).isEqualTo(Run.End.CANCELLED);
        }
    }

    @Test
    void aCorrectionThatNoLongerFitsLeavesWhatWasWrong() {
        Script full = Script.empty().fail(Refusal.contextLengthExceeded("messages", "Too long."));
        try (Fixture gateway = Extracting.with(Script.saying(BAD), full)) {
            assertThat(extract(gateway, Wire.REST, Extracting.person()).error().reason())
                    .isEqualTo("answer_invalid");
        }
    }
}
