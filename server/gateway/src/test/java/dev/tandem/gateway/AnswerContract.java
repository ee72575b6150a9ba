package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Code;
import dev.tandem.testing.Caller;
import dev.tandem.testing.Failure;
import dev.tandem.testing.Reply;
import dev.tandem.testing.Script;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What holds of an answer on every way, whole or in pieces. */
abstract class AnswerContract {
    private final Way way;

    AnswerContract(Way way) {
        this.way = way;
    }

    @Test
    void theEnginesWordsArrive() {
        try (Fixture gateway = new Fixture(Script.saying("Grüß", " ", "Gott", " 👋"))) {
            Reply<? extends Message> reply = gateway.call(way);

            assertThat(reply.ok()).as("%s", reply).isTrue();
            assertThat(Fixture.text(reply)).isEqualTo("Grüß Gott 👋");
        }
    }

    @Test
    void anUnknownModelIsNotFound() {
        try (Fixture gateway = new Fixture(Script.saying("hi"))) {
            Reply<? extends Message> reply =
                    gateway.call(way, Fixture.request().setModel("huge").build(), Caller.PLAIN);

            assertThat(reply.status()).isEqualTo(way.wire().status(Code.NOT_FOUND));
            assertThat(reply.error().reason()).isEqualTo("model_not_found");
            assertThat(reply.error().param()).isEqualTo("model");
            assertThat(gateway.engine.runs()).isEmpty();
        }
    }

    @Test
    void anErrorBeforeTheFirstTokenIsTheStatus() {
        ApiError refusal =
                ApiError.ofParam(
                        Code.INVALID_REQUEST,
                        "context_length_exceeded",
                        "messages",
                        "The prompt has 5000 tokens; the model takes 4096.");
        try (Fixture gateway = new Fixture(Script.empty().fail(refusal.toException()))) {
            Reply<? extends Message> reply = gateway.call(way);

            assertThat(reply.status()).isEqualTo(way.wire().status(Code.INVALID_REQUEST));
            assertThat(reply.messages()).isEmpty();
            assertThat(reply.done()).isFalse();
            assertThat(reply.error().reason()).isEqualTo("context_length_exceeded");
            assertThat(reply.error().message()).isEqualTo(refusal.message());
            assertThat(reply.error().param()).isEqualTo("messages");
        }
    }

    @Test
    void aBusyEngineSaysWhenToComeBack() {
        ApiError busy =
                ApiError.of(Code.UNAVAILABLE, "overloaded", "All slots are taken; try again.")
                        .retryAfter(Duration.ofSeconds(2));
        try (Fixture gateway = new Fixture(Script.empty().fail(busy.toException()))) {
            Reply<? extends Message> reply = gateway.call(way);

            assertThat(reply.status()).isEqualTo(way.wire().status(Code.UNAVAILABLE));
            assertThat(reply.error().reason()).isEqualTo("overloaded");
            assertThat(reply.error().retryAfter()).isEqualTo(Duration.ofSeconds(2));
        }
    }

    @Test
    void aDefectTellsNothingButTheRequestId() {
        IllegalStateException defect = new IllegalStateException("secret of the house");
        try (Fixture gateway = new Fixture(Script.empty().fail(defect))) {
            Reply<? extends Message> reply = gateway.call(way);

            assertThat(reply.status()).isEqualTo(way.wire().status(Code.INTERNAL));
            assertThat(reply.error().reason()).isEqualTo("internal_error");
            assertThat(reply.error().message()).doesNotContain("secret");
            assertThat(reply.error().requestId()).isNotEmpty();
        }
    }

    @Test
    void theRequestIdOfTheClientComesBack() {
        try (Fixture gateway = new Fixture(Script.saying("hi"))) {
            Caller caller = Caller.PLAIN.header("x-request-id", "my-7");

            Reply<? extends Message> good = gateway.call(way, Fixture.request().build(), caller);
            Failure bad =
                    gateway.call(way, Fixture.request().setModel("huge").build(), caller).error();

            assertThat(good.header("x-request-id")).contains("my-7");
            assertThat(bad.requestId()).isEqualTo("my-7");
        }
    }

    @Test
    void aRequestIdIsMadeWhereTheClientSendsNone() {
        try (Fixture gateway = new Fixture(Script.saying("hi"))) {
            assertThat(gateway.call(way).header("x-request-id"))
                    .hasValueSatisfying(id -> assertThat(id).startsWith("req_"));
        }
    }
}
