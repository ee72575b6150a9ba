package com.example.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.people.v1.FindRequest;
import com.example.people.v1.PeopleGrpc;
import com.example.people.v1.Person;
import dev.tandem.runtime.call.Code;
import dev.tandem.testing.EachUnaryWire;
import dev.tandem.testing.Reply;
import dev.tandem.testing.TestServer;
import dev.tandem.testing.Wire;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FindTest {
    private static final Person ADA =
            Person.newBuilder().setId("ada-lovelace").setName("Ada Lovelace").setBorn(1815).build();

    private final Directory directory = new Directory();

    @AutoClose private final TestServer server = Served.with(directory);

    @BeforeEach
    void adaIsKnown() {
        assertThat(directory.add(ADA)).hasValue(ADA);
    }

    private Reply<Person> find(Wire wire, FindRequest request) {
        return server.call(wire, PeopleGrpc.getFindMethod(), request);
    }

    @EachUnaryWire
    void findsByTheId(Wire wire) {
        FindRequest request = FindRequest.newBuilder().setId("ada-lovelace").build();

        assertThat(find(wire, request)).hasMessage(ADA);
    }

    @EachUnaryWire
    void whoIsNotKnownIsNotFound(Wire wire) {
        Reply<Person> reply = find(wire, FindRequest.newBuilder().setId("nobody").build());

        assertThat(reply).failsWith(Code.NOT_FOUND, "person_not_found").at("id");
        assertThat(reply.error().message()).isEqualTo("Nobody has the id 'nobody'.");
    }

    @EachUnaryWire
    void whatIsNoIdIsABrokenRule(Wire wire) {
        assertThat(find(wire, FindRequest.newBuilder().setId("Ada!").build()))
                .violates("id", "string.pattern");
    }

    @Test
    void theIdIsPartOfTheAddress() {
        assertThat(server.get("/v1/people/ada-lovelace"))
                .hasStatus(200)
                .hasJson("{\"id\": \"ada-lovelace\", \"name\": \"Ada Lovelace\", \"born\": 1815}");
    }

    @Test
    void anUnknownQueryParameterIsNamed() {
        assertThat(server.get("/v1/people/ada-lovelace?verbose=true")).hasStatus(422);
        assertThat(server.get("/v1/people/ada-lovelace?verbose=true").body())
                .contains("verbose", "unknown_field");
    }
}
