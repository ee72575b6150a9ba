package com.example.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.people.v1.FindRequest;
import com.example.people.v1.PeopleGrpc;
import com.example.people.v1.Person;
import com.example.people.v1.RemoveRequest;
import com.google.protobuf.Empty;
import dev.tandem.runtime.call.Code;
import dev.tandem.testing.Caller;
import dev.tandem.testing.EachUnaryWire;
import dev.tandem.testing.KnownKeys;
import dev.tandem.testing.Reply;
import dev.tandem.testing.TestServer;
import dev.tandem.testing.Wire;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;

class RemoveTest {
    private static final Caller READER = Caller.bearer("the-key-of-a-reader");
    private static final Caller WRITER = Caller.bearer("the-key-of-a-writer");
    private static final RemoveRequest ADA =
            RemoveRequest.newBuilder().setId("ada-lovelace").build();

    private final Directory directory = new Directory();

    @AutoClose
    private final TestServer server =
            TestServer.start(
                    Served.server(directory, Served.NOWHERE)
                            .authenticators(
                                    List.of(
                                            KnownKeys.none()
                                                    .with("the-key-of-a-reader", "reader")
                                                    .with(
                                                            "the-key-of-a-writer",
                                                            "writer",
                                                            "people.write"))));

    @BeforeEach
    void adaIsKnown() {
        assertThat(directory.add(Person.newBuilder().setName("Ada Lovelace").build())).isPresent();
    }

    private Reply<Empty> remove(Wire wire, RemoveRequest request, Caller caller) {
        return server.call(wire, PeopleGrpc.getRemoveMethod(), request, caller);
    }

    @EachUnaryWire
    void whoHasTheScopeMayRemove(Wire wire) {
        assertThat(remove(wire, ADA, WRITER)).isOk();

        assertThat(directory.find("ada-lovelace")).isEmpty();
    }

    @EachUnaryWire
    void whoHasNotTheScopeMayNot(Wire wire) {
        assertThat(remove(wire, ADA, READER))
                .failsWith(Code.PERMISSION_DENIED, "insufficient_scope");

        assertThat(directory.find("ada-lovelace")).isPresent();
    }

    @EachUnaryWire
    void whoHasNoKeyMayNothing(Wire wire) {
        assertThat(remove(wire, ADA, Caller.PLAIN))
                .failsWith(Code.UNAUTHENTICATED, "unauthenticated");

        assertThat(directory.find("ada-lovelace")).isPresent();
    }

    @EachUnaryWire
    void otherMethodsNeedAKeyOnly(Wire wire) {
        FindRequest request = FindRequest.newBuilder().setId("ada-lovelace").build();

        assertThat(server.call(wire, PeopleGrpc.getFindMethod(), request, READER)).isOk();
        assertThat(server.call(wire, PeopleGrpc.getFindMethod(), request))
                .failsWith(Code.UNAUTHENTICATED, "unauthenticated");
    }

    @EachUnaryWire
    void nobodyCannotBeRemoved(Wire wire) {
        assertThat(remove(wire, RemoveRequest.newBuilder().setId("nobody").build(), WRITER))
                .failsWith(Code.NOT_FOUND, "person_not_found");
    }
}
