package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.tandem.gateway.service.Spent;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.Code;
import dev.tandem.runtime.policy.StreamLimits;
import dev.tandem.testing.Caller;
import dev.tandem.testing.Gate;
import dev.tandem.testing.OpenCall;
import dev.tandem.testing.Reply;
import dev.tandem.testing.Run;
import dev.tandem.testing.Script;
import dev.tandem.testing.Wire;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How a call ends early: its client leaves, its time is up, the server stops. */
abstract class EndContract {
    private static final Duration RULE = Duration.ofMillis(250);

    /**
     * The machine of the tests may be busy with something else: one of so many must keep the rule.
     */
    private static final int TRIES = 4;

    private final Way way;

    EndContract(Way way) {
        this.way = way;
    }

    @Test
    void aClientThatLeavesBeforeTheFirstTokenEndsTheWork() {
        try (Fixture gateway = new Fixture(Script.empty().pause(new Gate()))) {
            assertThat(quickestEnd(gateway, 0)).isLessThanOrEqualTo(RULE);
        }
    }

    @Test
    void aClientThatLeavesInTheMiddleEndsTheWork() {
        try (Fixture gateway = new Fixture(Script.saying("a", "b").pause(new Gate()))) {
            assertThat(quickestEnd(gateway, 3)).isLessThanOrEqualTo(RULE);
        }
    }

    @Test
    void aClientThatLeavesAtTheVeryEndEndsTheWork() {
        Script done = Script.saying("a").finish(0, "stop").pause(new Gate());
        try (Fixture gateway = new Fixture(done)) {
            assertThat(quickestEnd(gateway, 3)).isLessThanOrEqualTo(RULE);
        }
    }

    @Test
    void whatACallTookThatRanOutOfTimeIsTold() throws InterruptedException {
        StreamLimits limits = StreamLimits.NONE.call(Duration.ofSeconds(1));
        try (Fixture gateway = new Fixture(Script.saying("a", "b").pause(new Gate()), limits)) {
            assertThat(gateway.call(way).error().reason()).isEqualTo("call_timeout");

            Spent spent = gateway.spent.poll(20, TimeUnit.SECONDS);

            assertThat(spent).isNotNull();
            assertThat(spent.finished()).isFalse();
            assertThat(spent.usage().getTotalTokens()).isEqualTo(5);
        }
    }

    @Test
    void whatAFailedAnswerTookIsTold() throws InterruptedException {
        try (Fixture gateway =
                new Fixture(Script.saying("a", "b").fail(new IllegalStateException("broken")))) {
            assertThat(gateway.call(way).error().reason()).isEqualTo("internal_error");

            Spent spent = gateway.spent.poll(20, TimeUnit.SECONDS);

            assertThat(spent).isNotNull();
            assertThat(spent.finished()).isFalse();
            assertThat(spent.usage().getCompletionTokens()).isEqualTo(2);
        }
    }

    @Test
    void aStoppingServerTellsThoseWhoseEngineHeedsNothing() throws InterruptedException {
        Gate gate = new Gate();
        try (Fixture gateway = new Fixture(Script.saying("a").ignore(gate), Duration.ofMillis(50));
                OpenCall<? extends Message> call = gateway.open(way)) {
            gateway.engine.awaitRun().awaitSent(2);

            Thread stopping = Thread.ofVirtual().start(gateway.server.server()::close);
            Reply<? extends Message> reply = call.rest();
            gate.open();
            stopping.join();

            assertThat(reply.error().reason()).isEqualTo("server_stopping");
        } finally {
            gate.open();
        }
    }

    /** Leaves when so many chunks were sent; how long the engine's work went on, at best. */
    private Duration quickestEnd(Fixture gateway, int chunks) {
        Duration quickest = Duration.ofDays(1);
        for (int i = 0; i < TRIES && quickest.compareTo(RULE) > 0; i++) {
            try (OpenCall<? extends Message> call = gateway.open(way)) {
                Run run = gateway.engine.awaitRun(i);
                run.awaitSent(chunks);
                Duration took = run.awaitEndAfter(call.leave());
                assertThat(run.end()).isEqualTo(Run.End.CANCELLED);
                assertThat(run.cancelled()).isEqualTo(CancelCause.CLIENT_LEFT);
                quickest = took.compareTo(quickest) < 0 ? took : quickest;
            }
        }
        return quickest;
    }

    @Test
    void whatAnUnfinishedAnswerTookIsTold() throws InterruptedException {
        try (Fixture gateway = new Fixture(Script.saying("a", "b").pause(new Gate()));
                OpenCall<? extends Message> call = gateway.open(way)) {
            gateway.engine.awaitRun().awaitSent(3);
            call.leave();

            Spent spent = gateway.spent.poll(20, TimeUnit.SECONDS);

            assertThat(spent).isNotNull();
            assertThat(spent.finished()).isFalse();
            assertThat(spent.counted()).isTrue();
            assertThat(spent.usage().getTotalTokens()).isEqualTo(5);
        }
    }

    @Test
    void theDeadlineEndsASilentCall() {
        try (Fixture gateway = new Fixture(Script.empty().pause(new Gate()))) {
            Reply<? extends Message> reply =
                    gateway.call(
                            way,
                            Fixture.request().build(),
                            Caller.PLAIN.within(Duration.ofMillis(300)));

            assertThat(reply.status()).isEqualTo(way.wire().status(Code.DEADLINE_EXCEEDED));
            Run run = gateway.engine.awaitRun();
            assertThat(run.awaitEnd()).isEqualTo(Run.End.CANCELLED);
            if (way.wire() != Wire.GRPC) { // a gRPC client gives up by itself, at the same moment
                assertThat(reply.error().reason()).isEqualTo("deadline_exceeded");
                assertThat(run.cancelled()).isEqualTo(CancelCause.DEADLINE);
            }
        }
    }

    @Test
    void aServerThatStopsTellsThoseWhoStillWait() throws InterruptedException {
        try (Fixture gateway =
                        new Fixture(Script.saying("a").pause(new Gate()), Duration.ofMillis(50));
                OpenCall<? extends Message> call = gateway.open(way)) {
            Run run = gateway.engine.awaitRun();
            run.awaitSent(2);

            Thread stopping = Thread.ofVirtual().start(gateway.server.server()::close);
            Reply<? extends Message> reply = call.rest();
            stopping.join();

            assertThat(reply.error().reason()).isEqualTo("server_stopping");
            assertThat(reply.error().retryAfter()).isEqualTo(Duration.ofSeconds(1));
            assertThat(reply.done()).isFalse();
            assertThat(run.awaitEnd()).isEqualTo(Run.End.CANCELLED);
            assertThat(run.cancelled()).isEqualTo(CancelCause.SHUTDOWN);
        }
    }

    @Test
    void aServerThatStopsLetsAnswersComeToTheirEnd() throws InterruptedException {
        Gate gate = new Gate();
        try (Fixture gateway =
                        new Fixture(
                                Script.saying("a").pause(gate).say("b"), Duration.ofSeconds(20));
                OpenCall<? extends Message> call = gateway.open(way)) {
            gateway.engine.awaitRun().awaitSent(2);

            Thread stopping = Thread.ofVirtual().start(gateway.server.server()::close);
            gate.open();
            Reply<? extends Message> reply = call.rest();
            stopping.join();

            assertThat(reply.ok()).as("%s", reply).isTrue();
            assertThat(Fixture.text(reply)).isEqualTo("ab");
        }
    }
}
