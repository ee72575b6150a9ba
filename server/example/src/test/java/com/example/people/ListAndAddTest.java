package com.example.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.people.v1.AddRequest;
import com.example.people.v1.ListRequest;
import com.example.people.v1.PeopleGrpc;
import com.example.people.v1.Person;
import dev.tandem.runtime.call.Code;
import dev.tandem.testing.EachServerStreamWire;
import dev.tandem.testing.EachUnaryWire;
import dev.tandem.testing.HttpRequest;
import dev.tandem.testing.Reply;
import dev.tandem.testing.TestServer;
import dev.tandem.testing.Wire;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ListAndAddTest {
    private static final AddRequest ADA =
            AddRequest.newBuilder().setName("Ada Lovelace").setBorn(1815).build();
    private static final AddRequest CHARLES =
            AddRequest.newBuilder().setName("Charles Babbage").setBorn(1791).build();
    private static final AddRequest HOMER = AddRequest.newBuilder().setName("Homer").build();

    private final Directory directory = new Directory();

    @AutoClose private final TestServer server = Served.with(directory);

    private Reply<Person> add(Wire wire, AddRequest request) {
        return server.call(wire, PeopleGrpc.getAddMethod(), request);
    }

    private Reply<Person> list(Wire wire, ListRequest request) {
        return server.call(wire, PeopleGrpc.getListMethod(), request);
    }

    private List<String> ids(Wire wire, ListRequest request) {
        return list(wire, request).messages().stream().map(Person::getId).toList();
    }

    @EachUnaryWire
    void addsAndTellsTheId(Wire wire) {
        Person added = add(wire, ADA).message();

        assertThat(added.getId()).isEqualTo("ada-lovelace");
        assertThat(directory.find("ada-lovelace")).hasValue(added);
    }

    @EachUnaryWire
    void theSameNameTwiceIsAConflict(Wire wire) {
        assertThat(add(wire, ADA)).isOk();

        assertThat(add(wire, ADA)).failsWith(Code.ALREADY_EXISTS, "person_exists").at("name");
    }

    @EachUnaryWire
    void everyBrokenRuleIsToldAtOnce(Wire wire) {
        Reply<Person> reply = add(wire, AddRequest.newBuilder().setBorn(3000).build());

        assertThat(reply).violates("name", "string.min_len").violates("born", "int32.gte_lte");
        assertThat(directory.everybody()).isEmpty();
    }

    @Test
    void takesWhatAnHtmlFormSends() {
        HttpRequest form =
                new HttpRequest(
                        "POST",
                        "/v1/people",
                        Map.of("content-type", "application/x-www-form-urlencoded"),
                        "name=Ada+Lovelace&born=1815".getBytes(StandardCharsets.UTF_8));

        assertThat(server.http(form))
                .hasStatus(200)
                .hasJson("{\"id\": \"ada-lovelace\", \"name\": \"Ada Lovelace\", \"born\": 1815}");
    }

    @EachServerStreamWire
    void listsByPrefixAndYears(Wire wire) {
        List.of(ADA, CHARLES, HOMER).forEach(each -> assertThat(add(Wire.GRPC, each)).isOk());

        assertThat(ids(wire, ListRequest.getDefaultInstance()))
                .containsExactly("ada-lovelace", "charles-babbage", "homer");
        assertThat(ids(wire, ListRequest.newBuilder().setPrefix("ch").build()))
                .containsExactly("charles-babbage");
        assertThat(ids(wire, years(1791, 1816))).containsExactly("ada-lovelace");
    }

    @EachServerStreamWire
    void yearsWithNoneBetweenThemAreRefused(Wire wire) {
        assertThat(list(wire, years(1800, 1801))).violates("born_before", "order");
    }

    private static ListRequest years(int after, int before) {
        return ListRequest.newBuilder().setBornAfter(after).setBornBefore(before).build();
    }
}
