package com.example.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.people.v1.ExtractRequest;
import com.example.people.v1.PeopleGrpc;
import com.example.people.v1.Person;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.Code;
import dev.tandem.testing.Caller;
import dev.tandem.testing.EachServerStreamWire;
import dev.tandem.testing.Gate;
import dev.tandem.testing.Handling;
import dev.tandem.testing.OpenCall;
import dev.tandem.testing.Reply;
import dev.tandem.testing.TestServer;
import dev.tandem.testing.Wire;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

class ExtractTest {
    private static final ExtractRequest REQUEST =
            ExtractRequest.newBuilder().setText("Ada Lovelace, born 1815, and Charles.").build();
    private static final Person ADA =
            Person.newBuilder().setName("Ada Lovelace").setBorn(1815).build();
    private static final Person CHARLES = Person.newBuilder().setName("Charles Babbage").build();

    private final CompletableFuture<CancelCause> ended = new CompletableFuture<>();

    private static TestServer served(FakeGateway gateway) {
        return Served.with(new Directory(), gateway.address());
    }

    @EachServerStreamWire
    void sendsEachPersonAsSoonAsItIsComplete(Wire wire) {
        Gate gate = new Gate();
        try (FakeGateway gateway =
                        FakeGateway.doing((request, sink, _) -> {
                            assertThat(request.getText()).isEqualTo(REQUEST.getText());
                            sink.send(FakeGateway.ADA);
                            gate.pass();
                            sink.send(FakeGateway.CHARLES);
                            sink.send(FakeGateway.END);
                        });
                TestServer server = served(gateway);
                OpenCall<Person> call = server.open(wire, PeopleGrpc.getExtractMethod(), REQUEST)) {
            assertThat(call.next()).isEqualTo(ADA);
            gate.open();
            assertThat(call.rest()).isOk().hasMessages(ADA, CHARLES);
        }
    }

    /** Sends Ada and goes on until the call is cancelled. */
    private FakeGateway stalling() {
        return FakeGateway.doing((_, sink, call) -> {
            call.onCancel(() -> ended.complete(call.cancelled()));
            sink.send(FakeGateway.ADA);
            new Gate().pass();
        });
    }

    @EachServerStreamWire
    void aClientThatLeavesEndsTheWorkOfTheGateway(Wire wire) throws Exception {
        try (FakeGateway gateway = stalling();
                TestServer server = served(gateway);
                OpenCall<Person> call = server.open(wire, PeopleGrpc.getExtractMethod(), REQUEST)) {
            assertThat(call.next()).isEqualTo(ADA);
            call.leave();

            assertThat(ended.get(10, TimeUnit.SECONDS)).isEqualTo(CancelCause.CLIENT_LEFT);
        }
    }

    @EachServerStreamWire
    void theDeadlineOfTheCallEndsTheWorkOfTheGateway(Wire wire) throws Exception {
        try (FakeGateway gateway = stalling();
                TestServer server = served(gateway)) {
            Reply<Person> reply =
                    server.call(
                            wire,
                            PeopleGrpc.getExtractMethod(),
                            REQUEST,
                            Caller.PLAIN.within(Duration.ofSeconds(2)));

            assertThat(reply.messages()).containsExactly(ADA);
            if (wire == Wire.GRPC) { // its client tells its own deadline, which has no reason
                assertThat(reply.status()).isEqualTo(Code.DEADLINE_EXCEEDED.grpc());
            } else {
                assertThat(reply).endsWithError("deadline_exceeded");
            }
            assertThat(server.handling(PeopleGrpc.getExtractMethod()).awaitEnd())
                    .isNotEqualTo(Handling.End.RETURNED);
            assertThat(ended.get(10, TimeUnit.SECONDS))
                    .isIn(CancelCause.DEADLINE, CancelCause.CLIENT_LEFT); // whoever is faster
        }
    }

    @EachServerStreamWire
    void anEmptyTextIsRefusedBeforeTheGatewayIsAsked(Wire wire) {
        try (TestServer server = Served.with(new Directory())) {
            assertThat(
                            server.call(
                                    wire,
                                    PeopleGrpc.getExtractMethod(),
                                    ExtractRequest.getDefaultInstance()))
                    .violates("text", "string.min_len");
        }
    }
}
