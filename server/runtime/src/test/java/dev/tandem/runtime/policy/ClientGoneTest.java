package dev.tandem.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.Pipeline;
import dev.tandem.runtime.call.Policy;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.runtime.call.RequestIds;
import dev.tandem.runtime.observe.Outcome;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What it means for a call that its client leaves. */
class ClientGoneTest {
    private final Calls calls = new Calls(new RequestIds());
    private final Call call = calls.open(Heads.get("/x"), null);

    @AfterEach
    void close() {
        calls.close();
    }

    @Test
    void beforeTheHandlerHasReturnedItCancels() {
        ApiError error =
                Pipeline.work(
                        call,
                        () -> {
                            call.clientGone(CancelCause.CLIENT_LEFT);
                            call.check();
                        });

        assertThat(error).isNotNull();
        assertThat(call.cancelled()).isEqualTo(CancelCause.CLIENT_LEFT);
        assertThat(Outcome.ended(call)).isEqualTo("client_left");
    }

    @Test
    void afterThatTheCallIsComplete() {
        assertThat(Pipeline.work(call, () -> {})).isNull();
        call.clientGone(CancelCause.CLIENT_LEFT);

        assertThat(call.cancelled()).isNull();
        assertThat(Outcome.ended(call)).isEqualTo("complete");
        assertThat(Outcome.code(call)).isEqualTo("OK");
    }

    @Test
    void anAnswerThatCannotBeWrittenIsNoWholeOne() {
        assertThat(Pipeline.work(call, () -> {})).isNull();
        call.cancel(CancelCause.CLIENT_LEFT); // as wires do where writing fails

        assertThat(Outcome.ended(call)).isEqualTo("client_left");
    }

    @Test
    void aRefusalStaysOne() {
        Pipeline door =
                new Pipeline(
                        List.of(
                                new Policy() {
                                    @Override
                                    public void admit(Call asked) {
                                        throw ApiError.of(Reasons.UNAUTHENTICATED, "no")
                                                .toException();
                                    }
                                }));
        assertThat(door.admit(call)).isNotNull();
        call.clientGone(CancelCause.CLIENT_LEFT);

        assertThat(Outcome.ended(call)).isEqualTo("refused");
        assertThat(Outcome.code(call)).isEqualTo("UNAUTHENTICATED");
    }
}
