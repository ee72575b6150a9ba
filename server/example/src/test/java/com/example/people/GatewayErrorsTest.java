package com.example.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.people.v1.ExtractRequest;
import com.example.people.v1.PeopleGrpc;
import com.example.people.v1.Person;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Code;
import dev.tandem.testing.EachServerStreamWire;
import dev.tandem.testing.Reply;
import dev.tandem.testing.TestServer;
import dev.tandem.testing.Wire;
import java.time.Duration;

class GatewayErrorsTest {
    private static final ExtractRequest REQUEST =
            ExtractRequest.newBuilder().setText("Ada Lovelace, born 1815.").build();

    private static Reply<Person> extract(String gateway, Wire wire) {
        try (TestServer server = Served.with(new Directory(), gateway)) {
            return server.call(wire, PeopleGrpc.getExtractMethod(), REQUEST);
        }
    }

    private static Reply<Person> extract(ApiError failure, Wire wire) {
        try (FakeGateway gateway = FakeGateway.failing(failure)) {
            return extract(gateway.address(), wire);
        }
    }

    @EachServerStreamWire
    void aGatewayThatIsDownIsToldClearly(Wire wire) {
        Reply<Person> reply = extract(Served.NOWHERE, wire);

        assertThat(reply).failsWith(Code.UNAVAILABLE, "gateway_unavailable");
        assertThat(reply.error().message())
                .isEqualTo("The model cannot be reached now; try again later.");
        assertThat(reply.error().retryAfter()).isEqualTo(Duration.ofSeconds(5));
    }

    @EachServerStreamWire
    void whatTheCallerCanHeedIsHandedOn(Wire wire) {
        Reply<Person> reply =
                extract(
                        ApiError.of(Code.UNAVAILABLE, "overloaded", "Too busy.")
                                .retryAfter(Duration.ofSeconds(7)),
                        wire);

        assertThat(reply).failsWith(Code.UNAVAILABLE, "overloaded");
        assertThat(reply.error().message()).isEqualTo("Too busy.");
        assertThat(reply.error().retryAfter()).isEqualTo(Duration.ofSeconds(7));
    }

    @EachServerStreamWire
    void whatOnlyTheOperatorCanMendIsNotTold(Wire wire) {
        Reply<Person> reply =
                extract(ApiError.of(Code.NOT_FOUND, "model_not_found", "No model 'x'."), wire);

        assertThat(reply).failsWith(Code.UPSTREAM_FAILED, "gateway_failed");
        assertThat(reply.error().message())
                .isEqualTo("The model did not answer well; the operator finds why in the log.");
    }

    @EachServerStreamWire
    void anErrorBehindPeopleComesBehindThem(Wire wire) {
        ApiError cut = ApiError.of(Code.INVALID_REQUEST, "answer_cut", "The answer is too long.");
        try (FakeGateway gateway =
                FakeGateway.doing((_, sink, _) -> {
                    sink.send(FakeGateway.ADA);
                    throw cut.toException();
                })) {
            Reply<Person> reply = extract(gateway.address(), wire);

            assertThat(reply.messages())
                    .extracting(Person::getName)
                    .containsExactly("Ada Lovelace");
            assertThat(reply).endsWithError("answer_cut");
        }
    }
}
