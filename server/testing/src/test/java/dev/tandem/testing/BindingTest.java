package dev.tandem.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.tandem.runtime.call.Service;
import org.junit.jupiter.api.AutoClose;
import people.v1.ChangeRequest;
import people.v1.CountResponse;
import people.v1.Echo;
import people.v1.Page;
import people.v1.PeopleGrpc;
import people.v1.Person;
import people.v1.Tone;

/** What a request holds arrives, wherever its binding has it: path, query, body. */
class BindingTest {
    private static final ChangeRequest CHANGE =
            ChangeRequest.newBuilder()
                    .setPerson(Person.newBuilder().setName("people/ada").setBorn(1815))
                    .setNumber(-1)
                    .addTags("a b")
                    .addTags("c&d")
                    .putLabels("x", 1)
                    .setPage(Page.newBuilder().setSize(10).setToken("t=1"))
                    .setTone(Tone.TONE_LOUD)
                    .setAt(Timestamp.newBuilder().setSeconds(1_000_000_000))
                    .setMark(ByteString.copyFrom(new byte[] {-1, -2, 62}))
                    .setSize(-1)
                    .setWeight(1e30)
                    .build();

    @AutoClose private static final TestServer server = TestServer.start(service());

    @EachUnaryWire
    void everyFieldArrives(Wire wire) {
        Reply<Echo> reply = server.call(wire, PeopleGrpc.getChangeMethod(), CHANGE);

        assertThat(reply).hasMessage(Echo.newBuilder().setRequest(CHANGE).build());
    }

    private static Service service() {
        return Service.of(PeopleGrpc.getServiceDescriptor())
                .unary(PeopleGrpc.getFindMethod(), (request, call) -> Person.getDefaultInstance())
                .unary(PeopleGrpc.getAddMethod(), (request, call) -> request)
                .stream(PeopleGrpc.getListMethod(), (request, sink, call) -> {})
                .clientStream(
                        PeopleGrpc.getCountMethod(),
                        (source, call) -> CountResponse.getDefaultInstance())
                .handler(PeopleGrpc.getIntroduceMethod(), (source, sink, call) -> {})
                .unary(
                        PeopleGrpc.getChangeMethod(),
                        (request, call) -> Echo.newBuilder().setRequest(request).build())
                .build();
    }
}
