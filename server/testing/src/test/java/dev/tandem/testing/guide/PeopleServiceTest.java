package dev.tandem.testing.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.Server;
import dev.tandem.runtime.call.Code;
import dev.tandem.testing.Caller;
import dev.tandem.testing.Conversation;
import dev.tandem.testing.EachClientStreamWire;
import dev.tandem.testing.EachConversationWire;
import dev.tandem.testing.EachServerStreamWire;
import dev.tandem.testing.EachUnaryWire;
import dev.tandem.testing.HttpRequest;
import dev.tandem.testing.KnownKeys;
import dev.tandem.testing.Reply;
import dev.tandem.testing.TestServer;
import dev.tandem.testing.Wire;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import people.v1.CountResponse;
import people.v1.FindRequest;
import people.v1.ListRequest;
import people.v1.PeopleGrpc;
import people.v1.Person;

/** docs/testing.md: calls and what is expected of their answers. */
class PeopleServiceTest {
    private static final Person ADA = Person.newBuilder().setName("ada").setBorn(1815).build();
    private static final Person ALAN = Person.newBuilder().setName("alan").setBorn(1912).build();

    @AutoClose
    private static final TestServer server =
            TestServer.start(new PeopleService(new Two()).service());

    @Test
    void somebodyIsFound() {
        Reply<Person> reply = server.call(Wire.REST, PeopleGrpc.getFindMethod(), named("ada"));

        assertThat(reply).hasMessage(ADA);
    }

    @EachUnaryWire
    void nobodyIsFoundByAnyWire(Wire wire) {
        Reply<Person> reply = server.call(wire, PeopleGrpc.getFindMethod(), named("bob"));

        assertThat(reply).failsWith(Code.NOT_FOUND, "person_not_found").at("name").says("nobody");
    }

    @EachUnaryWire
    void aNameHasALetterAtLeast(Wire wire) {
        Reply<Person> reply =
                server.call(wire, PeopleGrpc.getAddMethod(), Person.getDefaultInstance());

        assertThat(reply).violates("name", "string.min_len");
    }

    @EachServerStreamWire
    void theListHasAllInOrder(Wire wire) {
        Reply<Person> reply =
                server.call(wire, PeopleGrpc.getListMethod(), ListRequest.getDefaultInstance());

        assertThat(reply).hasMessages(ADA, ALAN);
    }

    @Test
    void itIsPlainHttpToo() {
        assertThat(server.get("/v1/people/ada"))
                .hasStatus(200)
                .hasHeader("content-type", "application/json")
                .hasJson("{\"name\": \"ada\", \"born\": 1815}");

        assertThat(server.post("/v1/people", "{\"nmae\": \"bob\"}"))
                .hasStatus(422)
                .hasError("validation_failed")
                .violates("nmae", "unknown_field");

        HttpRequest preflight = new HttpRequest("OPTIONS", "/v1/people", Map.of(), new byte[0]);
        assertThat(server.http(preflight)).hasStatus(204);
    }

    @EachClientStreamWire
    void manyAreCounted(Wire wire) {
        Reply<CountResponse> reply =
                server.call(wire, PeopleGrpc.getCountMethod(), List.of(ADA, ALAN, ADA));

        assertThat(reply.message().getPeople()).isEqualTo(3);
    }

    @EachConversationWire
    void theyAreIntroducedInTurns(Wire wire) {
        try (Conversation<Person, Person> call =
                server.converse(wire, PeopleGrpc.getIntroduceMethod())) {
            call.send(ADA);
            assertThat(call).next().isEqualTo(ADA);
            call.send(ALAN);
            assertThat(call).next().isEqualTo(ALAN);
            call.finish();
            assertThat(call).ends();
        }
    }

    @EachUnaryWire
    void onlyWhoMayWriteAdds(Wire wire) {
        KnownKeys keys =
                KnownKeys.none().with("key-1", "reader", "people.read").with("key-2", "boss", "*");
        try (TestServer guarded =
                TestServer.start(
                        Server.builder()
                                .service(new PeopleService(new Two()).service())
                                .authenticators(List.of(keys)))) {
            var add = PeopleGrpc.getAddMethod();

            assertThat(guarded.call(wire, add, ALAN, Caller.bearer("key-2"))).isOk();
            assertThat(guarded.call(wire, add, ALAN, Caller.bearer("key-1")))
                    .failsWith(Code.PERMISSION_DENIED, "insufficient_scope");
            assertThat(guarded.call(wire, add, ALAN))
                    .failsWith(Code.UNAUTHENTICATED, "unauthenticated");
        }
    }

    private static FindRequest named(String name) {
        return FindRequest.newBuilder().setName(name).build();
    }

    /** A directory of two. */
    private static final class Two implements Directory {
        @Override
        public @Nullable Person find(String name) {
            return startingWith(name).findFirst().orElse(null);
        }

        @Override
        public Stream<Person> startingWith(String prefix) {
            return Stream.of(ADA, ALAN).filter(each -> each.getName().startsWith(prefix));
        }
    }
}
