package dev.tandem.testing.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.call.CancelCause;
import dev.tandem.testing.EachServerStreamWire;
import dev.tandem.testing.Gate;
import dev.tandem.testing.Handling;
import dev.tandem.testing.OpenCall;
import dev.tandem.testing.TestServer;
import dev.tandem.testing.Wire;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import people.v1.ListRequest;
import people.v1.PeopleGrpc;
import people.v1.Person;

/** docs/testing.md: streams while they run. */
class StreamsTest {
    private static final Person ADA = Person.newBuilder().setName("ada").build();
    private static final Person ALAN = Person.newBuilder().setName("alan").build();
    private static final ListRequest ALL = ListRequest.getDefaultInstance();

    private final Gate gate = new Gate();
    private boolean broken;

    @AutoClose
    private final TestServer server = TestServer.start(new PeopleService(new Slow()).service());

    @EachServerStreamWire
    void theFirstComesBeforeTheSecondIsKnown(Wire wire) {
        try (OpenCall<Person> call = server.open(wire, PeopleGrpc.getListMethod(), ALL)) {
            assertThat(call).nextWithin(Duration.ofSeconds(5)).isEqualTo(ADA);
            gate.open();
            assertThat(call).next().isEqualTo(ALAN);
            assertThat(call).ends();
        }
    }

    @EachServerStreamWire
    void theHandlerEndsWhenItsClientLeaves(Wire wire) {
        try (OpenCall<Person> call = server.open(wire, PeopleGrpc.getListMethod(), ALL)) {
            assertThat(call).next().isEqualTo(ADA);
            Handling handling = server.handling(PeopleGrpc.getListMethod());

            long left = call.leave();

            assertThat(handling)
                    .wasCancelled(CancelCause.CLIENT_LEFT)
                    .endedWithin(Duration.ofSeconds(5), left);
        }
    }

    @EachServerStreamWire
    void aFailureIsTheStreamsLastWord(Wire wire) {
        broken = true;
        gate.open();

        try (OpenCall<Person> call = server.open(wire, PeopleGrpc.getListMethod(), ALL)) {
            assertThat(call).next().isEqualTo(ADA);
            assertThat(call).endsWithError("internal_error");
        }
        assertThat(server.handling(PeopleGrpc.getListMethod())).failed();
    }

    /** Knows the first at once, and the second when the gate is open. */
    private final class Slow implements Directory {
        @Override
        public @Nullable Person find(String name) {
            return null;
        }

        @Override
        public Stream<Person> startingWith(String prefix) {
            return Stream.of(ADA, ALAN)
                    .peek(each -> {
                        if (each.equals(ALAN)) {
                            waitForIt();
                        }
                    });
        }

        private void waitForIt() {
            try {
                gate.pass();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("left waiting", e);
            }
            if (broken) {
                throw new IllegalStateException("the directory is broken");
            }
        }
    }
}
