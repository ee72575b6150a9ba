package com.example.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.people.v1.LearnRequest;
import com.example.people.v1.LearnResponse;
import com.example.people.v1.PeopleGrpc;
import com.example.people.v1.Person;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.testing.EachUnaryWire;
import dev.tandem.testing.Gate;
import dev.tandem.testing.Reply;
import dev.tandem.testing.TestServer;
import dev.tandem.testing.Wire;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LearnTest {
    private static final LearnRequest REQUEST =
            LearnRequest.newBuilder().setText("Ada Lovelace and Charles Babbage.").build();

    private final Directory directory = new Directory();

    @EachUnaryWire
    void answersAtOnceAndLearnsAfterwards(Wire wire) throws Exception {
        Gate gate = new Gate();
        CompletableFuture<Void> read = new CompletableFuture<>();
        try (FakeGateway gateway =
                        FakeGateway.doing((_, sink, call) -> {
                            call.onEnd(() -> read.complete(null));
                            gate.pass();
                            sink.send(FakeGateway.ADA);
                            sink.send(FakeGateway.CHARLES);
                            sink.send(FakeGateway.END);
                        });
                TestServer server = Served.with(directory, gateway.address())) {
            Reply<LearnResponse> reply = server.call(wire, PeopleGrpc.getLearnMethod(), REQUEST);

            assertThat(reply).hasMessage(LearnResponse.newBuilder().setRunning(1).build());
            assertThat(directory.everybody()).isEmpty();
            gate.open();
            read.get(10, TimeUnit.SECONDS);
        } // which waits for what it learns
        assertThat(directory.everybody())
                .extracting(Person::getId)
                .containsExactly("ada-lovelace", "charles-babbage");
    }

    @Test
    void aServerThatStopsEndsWhatTakesTooLong() throws Exception {
        CompletableFuture<CancelCause> ended = new CompletableFuture<>();
        try (FakeGateway gateway =
                FakeGateway.doing((_, sink, call) -> {
                    call.onCancel(() -> ended.complete(call.cancelled()));
                    sink.send(FakeGateway.ADA);
                    new Gate().pass();
                })) {
            try (TestServer server = Served.with(directory, gateway.address())) {
                assertThat(server.call(Wire.GRPC, PeopleGrpc.getLearnMethod(), REQUEST)).isOk();
            }
            assertThat(ended.get(10, TimeUnit.SECONDS)).isEqualTo(CancelCause.CLIENT_LEFT);
        }
    }

    @Test
    void aGatewayThatIsDownIsNoErrorOfTheCall() {
        try (TestServer server = Served.with(directory)) {
            assertThat(server.call(Wire.REST, PeopleGrpc.getLearnMethod(), REQUEST)).isOk();
        }
        assertThat(directory.everybody()).isEmpty();
    }
}
