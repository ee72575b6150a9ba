package dev.tandem.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.Code;
import dev.tandem.runtime.policy.StreamLimits;
import dev.tandem.testing.Gate;
import dev.tandem.testing.OpenCall;
import dev.tandem.testing.Reply;
import dev.tandem.testing.Run;
import dev.tandem.testing.Script;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The server's own limits, each with a reason of its own, on every wire. */
class TimeLimitTest {
    private static final Duration SOON = Duration.ofMillis(300);

    static Stream<Way> streams() {
        return Arrays.stream(Way.values()).filter(Way::streams);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void anAnswerThatDoesNotBeginIsGivenUp(Way way) {
        StreamLimits limits = StreamLimits.NONE.firstMessage(SOON);
        try (Fixture gateway = new Fixture(Script.empty().pause(new Gate()), limits)) {
            Reply<? extends Message> reply = gateway.call(way);

            assertThat(reply.status()).isEqualTo(way.wire().status(Code.DEADLINE_EXCEEDED));
            assertThat(reply.error().reason()).isEqualTo("first_message_timeout");
            Run run = gateway.engine.awaitRun();
            assertThat(run.awaitEnd()).isEqualTo(Run.End.CANCELLED);
            assertThat(run.cancelled()).isEqualTo(CancelCause.FIRST_MESSAGE);
        }
    }

    @ParameterizedTest
    @MethodSource("streams")
    void aStreamThatFallsSilentIsGivenUp(Way way) {
        StreamLimits limits = StreamLimits.NONE.messageGap(SOON);
        try (Fixture gateway = new Fixture(Script.saying("a").pause(new Gate()), limits)) {
            Reply<? extends Message> reply = gateway.call(way);

            assertThat(Fixture.text(reply)).isEqualTo("a");
            assertThat(reply.error().reason()).isEqualTo("message_gap_timeout");
            assertThat(reply.done()).isFalse();
            assertThat(gateway.engine.awaitRun().cancelled()).isEqualTo(CancelCause.MESSAGE_GAP);
        }
    }

    @ParameterizedTest
    @MethodSource("streams")
    void aStreamThatTalksForEverIsGivenUp(Way way) {
        StreamLimits limits = StreamLimits.NONE.call(SOON);
        try (Fixture gateway = new Fixture(Script.empty().flood("and "), limits);
                OpenCall<? extends Message> call = gateway.open(way)) {
            Reply<? extends Message> reply = call.rest();

            assertThat(reply.error().reason()).isEqualTo("call_timeout");
            assertThat(gateway.engine.awaitRun().cancelled()).isEqualTo(CancelCause.CALL_LIMIT);
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void theCallersDeadlineAndTheServersLimitAreOneBudget(Way way) {
        StreamLimits limits = StreamLimits.NONE.call(Duration.ofSeconds(100));
        try (Fixture gateway = new Fixture(Script.empty().pause(new Gate()), limits);
                OpenCall<? extends Message> call = gateway.open(way)) {
            assertThat(gateway.engine.awaitRun().remaining())
                    .hasValueSatisfying(left ->
                            assertThat(left)
                                    .isBetween(Duration.ofSeconds(50), Duration.ofSeconds(100)));
            call.leave();
        }
    }

    @ParameterizedTest
    @MethodSource("streams")
    void aSlowReaderIsNotTheEnginesSilence(Way way) {
        StreamLimits limits = StreamLimits.NONE.messageGap(SOON);
        try (Fixture gateway = new Fixture(Script.empty().flood("x".repeat(4000)), limits);
                OpenCall<? extends Message> call = gateway.open(way)) {
            call.next();
            Run run = gateway.engine.awaitRun();

            run.awaitBlocked(); // stands there for 200 ms
            run.awaitBlocked();
            run.awaitBlocked();

            assertThat(run.cancelled()).isNull();
        }
    }

    /**
     * A gRPC client ends by itself at a deadline of its own; the server's limits are told to all.
     */
    @ParameterizedTest
    @EnumSource(Way.class)
    void theClientHearsInTimeOfAnEngineThatHeedsNothing(Way way) {
        Gate gate = new Gate();
        Duration limit = Duration.ofSeconds(1);
        StreamLimits limits = StreamLimits.NONE.call(limit);
        try (Fixture gateway = new Fixture(Script.saying("a").ignore(gate).say("b"), limits)) {
            Reply<? extends Message> reply;
            for (int i = 0; ; i++) { // the machine may be busy: one of four is in time
                long begin = System.nanoTime();
                reply = gateway.call(way);
                Duration took = Duration.ofNanos(System.nanoTime() - begin);

                assertThat(reply.error().reason()).isEqualTo("call_timeout");
                assertThat(gateway.engine.awaitRun(i).end()).isNull();
                if (took.compareTo(limit.plusMillis(250)) <= 0) {
                    break;
                }
                assertThat(i).as("%s was late each time, at last by %s", way, took).isLessThan(3);
            }
            gate.open();

            Run.End end = gateway.engine.awaitRun().awaitEnd();
            // what a whole answer is made of goes nowhere before its end
            assertThat(end).isEqualTo(way.streams() ? Run.End.CANCELLED : Run.End.COMPLETE);
            assertThat(Fixture.text(requireNonNull(reply))).isEqualTo(way.streams() ? "a" : "");
        } finally {
            gate.open();
        }
    }
}
