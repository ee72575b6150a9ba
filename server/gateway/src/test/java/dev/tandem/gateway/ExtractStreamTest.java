package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.gateway.service.Spent;
import dev.tandem.runtime.call.ApiError.Violation;
import dev.tandem.testing.Caller;
import dev.tandem.testing.EachServerStreamWire;
import dev.tandem.testing.Failure;
import dev.tandem.testing.Gate;
import dev.tandem.testing.OpenCall;
import dev.tandem.testing.Reply;
import dev.tandem.testing.Run;
import dev.tandem.testing.Script;
import dev.tandem.testing.Wire;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ExtractRequest;
import dev.tandem.v1.ExtractionServiceGrpc;
import dev.tandem.v1.ItemEvent;
import dev.tandem.v1.ItemsEnd;
import dev.tandem.v1.PartialExtraction;
import dev.tandem.v1.RejectedItem;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lists and growing objects out of texts, by every wire that streams. */
class ExtractStreamTest {
    private static final String ANN = "{\"name\":\"Ann\",\"age\":4}";
    private static final String BOB = "{\"name\":\"Bob\",\"age\":5}";
    private static final String CYD = "{\"name\":\"Cyd\",\"age\":\"six\"}";
    private static final String CYD_RIGHT = "{\"name\":\"Cyd\",\"age\":6}";

    @EachServerStreamWire
    void eachItemComesAsSoonAsItIsComplete(Wire wire) throws InterruptedException {
        Gate gate = new Gate();
        Script script = Script.saying("{\"items\": [", ANN).pause(gate).say(", " + BOB, "]}");
        try (Fixture gateway = Extracting.with(script);
                OpenCall<ItemEvent> call =
                        gateway.server
                                .client()
                                .open(
                                        wire,
                                        ExtractionServiceGrpc.getExtractItemsMethod(),
                                        Extracting.person().build())) {
            ItemEvent first = Objects.requireNonNull(call.next());
            gate.open();
            Reply<ItemEvent> rest = call.rest();

            assertThat(first.getItem().getValue()).isEqualTo(ANN);
            assertThat(values(rest)).containsExactly(ANN, BOB);
            assertThat(rest.messages().get(1).getItem().getIndex()).isEqualTo(1);
            ItemsEnd end = rest.messages().getLast().getEnd();
            assertThat(end.getItems()).isEqualTo(2);
            assertThat(end.getTries()).isEqualTo(1);
            assertThat(end.getRejectedList()).isEmpty();
            assertThat(end.getUsage().getTotalTokens()).isEqualTo(7);
            assertThat(gateway.spent.take().finished()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GRPC", "SSE", "NDJSON"})
    void invalidItemsAreAskedForAgainAtTheEnd(Wire wire) throws InterruptedException {
        try (Fixture gateway =
                Extracting.with(
                        list(ANN, CYD, BOB),
                        list(ANN, CYD_RIGHT, "{\"name\":\"Eve\",\"age\":1}"))) {
            Reply<ItemEvent> reply = items(gateway, wire, Extracting.person());

            assertThat(values(reply)).containsExactly(ANN, BOB, CYD_RIGHT);
            assertThat(end(reply).getItems()).isEqualTo(3);
            assertThat(end(reply).getTries()).isEqualTo(2);
            assertThat(end(reply).getRejectedList()).isEmpty();
            ChatRequest again = gateway.engine.awaitRun(1).request();
            assertThat(again.getMessages(3).getContent(0).getText())
                    .contains(CYD)
                    .contains("/age")
                    .doesNotContain(ANN);
            Spent spent = gateway.spent.take();
            assertThat(spent.usage().getTotalTokens()).isEqualTo(8);
        }
    }

    @Test
    void itemsThatStayInvalidAreListed() {
        try (Fixture gateway = Extracting.with(list(ANN, CYD))) {
            Reply<ItemEvent> reply = items(gateway, Wire.SSE, Extracting.person());

            assertThat(values(reply)).containsExactly(ANN);
            assertThat(end(reply).getTries()).isEqualTo(3);
            assertThat(end(reply).getRejectedList())
                    .extracting(RejectedItem::getText)
                    .containsExactly(CYD);
            assertThat(end(reply).getRejected(0).getProblems(0)).startsWith("/age: ");
        }
    }

    @Test
    void anItemThatTheCorrectionLeavesOutIsListed() {
        try (Fixture gateway = Extracting.with(list(ANN, CYD), list())) {
            Reply<ItemEvent> reply = items(gateway, Wire.SSE, Extracting.person().setMaxRetries(1));

            assertThat(values(reply)).containsExactly(ANN);
            assertThat(end(reply).getRejectedList())
                    .extracting(RejectedItem::getText)
                    .containsExactly(CYD);
        }
    }

    @Test
    void whatIsNoListIsTriedAgainWhereNothingWasSent() {
        try (Fixture gateway = Extracting.with(Script.saying("{\"people\":[]}"), list(ANN))) {
            Reply<ItemEvent> reply = items(gateway, Wire.SSE, Extracting.person());

            assertThat(values(reply)).containsExactly(ANN);
            assertThat(end(reply).getTries()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GRPC", "SSE", "NDJSON"})
    void aListThatBreaksOffIsAnErrorBehindItsItems(Wire wire) {
        try (Fixture gateway = Extracting.with(Script.saying("{\"items\":[", ANN, ", oops"))) {
            Reply<ItemEvent> reply = items(gateway, wire, Extracting.person());

            assertThat(values(reply)).containsExactly(ANN);
            assertThat(reply.error().reason()).isEqualTo("answer_invalid");
            assertThat(gateway.engine.runs()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GRPC", "SSE", "NDJSON"})
    void aListThatWasCutSaysSoBehindItsItems(Wire wire) {
        Script cut = Script.saying("{\"items\":[", ANN, ",").finish(0, "length");
        try (Fixture gateway = Extracting.with(cut)) {
            Reply<ItemEvent> reply = items(gateway, wire, Extracting.person().setMaxTokens(9));

            assertThat(values(reply)).containsExactly(ANN);
            assertThat(reply.error().reason()).isEqualTo("answer_cut");
        }
    }

    @Test
    void itemsMayBeAnything() {
        ExtractRequest.Builder years = Extracting.person().setSchema("{\"type\":\"integer\"}");
        try (Fixture gateway = Extracting.with(list("1815", "1852"))) {
            assertThat(values(items(gateway, Wire.NDJSON, years))).containsExactly("1815", "1852");
        }
    }

    @Test
    void aRecursiveItemIsHeldToItsSchema() {
        String tree =
                "{\"type\":\"object\",\"properties\":{\"n\":{\"$ref\":\"#/$defs/n\"},"
                        + "\"next\":{\"$ref\":\"#\"}},\"required\":[\"n\"],"
                        + "\"$defs\":{\"n\":{\"type\":\"integer\"}}}";
        String good = "{\"n\":1,\"next\":{\"n\":2}}";
        String bad = "{\"n\":1,\"next\":{\"n\":\"2\"}}";
        try (Fixture gateway = Extracting.with(list(good, bad))) {
            Reply<ItemEvent> reply =
                    items(gateway, Wire.SSE, Extracting.person().setSchema(tree).setMaxRetries(0));

            assertThat(values(reply)).containsExactly(good);
            assertThat(end(reply).getRejected(0).getText()).isEqualTo(bad);
            assertThat(
                            gateway.engine
                                    .awaitRun()
                                    .request()
                                    .getResponseFormat()
                                    .getJsonSchema()
                                    .getSchema())
                    .contains("\"$ref\":\"#/properties/items/items\"")
                    .contains("\"$ref\":\"#/$defs/n\"");
        }
    }

    @EachServerStreamWire
    void anObjectIsShownWhileItGrows(Wire wire) throws InterruptedException {
        Script script = Script.saying("{", "\"name\":\"An", "n\",\"ag", "e\":", "4", "}");
        try (Fixture gateway = Extracting.with(script)) {
            Reply<PartialExtraction> reply = partial(gateway, wire, Extracting.person());

            assertThat(reply.messages())
                    .extracting(PartialExtraction::getValue)
                    .containsExactly("{\"name\":\"An\"}", "{\"name\":\"Ann\"}", ANN);
            assertThat(reply.messages())
                    .extracting(PartialExtraction::getComplete)
                    .containsExactly(false, false, true);
            PartialExtraction last = reply.messages().getLast();
            assertThat(last.getTries()).isEqualTo(1);
            assertThat(last.getModel()).isEqualTo("tiny");
            assertThat(last.getUsage().getTotalTokens()).isEqualTo(9);
            assertThat(gateway.spent.take().finished()).isTrue();
        }
    }

    @Test
    void anObjectOfWhichSomethingWasSentIsNotTriedAgain() {
        try (Fixture gateway =
                Extracting.with(Script.saying(CYD.substring(0, 12), CYD.substring(12)))) {
            Reply<PartialExtraction> reply = partial(gateway, Wire.SSE, Extracting.person());

            assertThat(reply.messages()).hasSize(1);
            assertThat(reply.messages()).noneMatch(PartialExtraction::getComplete);
            assertThat(reply.error().violations())
                    .extracting(Violation::field)
                    .containsExactly("value#/age");
            assertThat(gateway.engine.runs()).hasSize(1);
        }
    }

    @Test
    void anAnswerOfWhichNothingWasSentIsTriedAgain() {
        try (Fixture gateway =
                Extracting.with(Script.saying("I do not know."), Script.saying(ANN))) {
            Reply<PartialExtraction> reply = partial(gateway, Wire.SSE, Extracting.person());

            assertThat(reply.messages().getLast().getValue()).isEqualTo(ANN);
            assertThat(reply.messages().getLast().getTries()).isEqualTo(2);
        }
    }

    @Test
    void whatStopsBeingJsonEndsTheEnginesWork() {
        Script broken = Script.saying("{\"name\":\"Ann\",", "oops").pause(new Gate());
        try (Fixture gateway = Extracting.with(broken)) {
            Failure failure = partial(gateway, Wire.SSE, Extracting.person()).error();

            assertThat(failure.reason()).isEqualTo("answer_invalid");
            assertThat(gateway.engine.awaitRun().awaitEnd()).isEqualTo(Run.End.FAILED);
        }
    }

    @Test
    void aClientThatLeavesInTheMiddleEndsTheWork() {
        Script script = Script.saying("{\"items\":[", ANN).pause(new Gate());
        try (Fixture gateway = Extracting.with(script);
                OpenCall<ItemEvent> call =
                        gateway.server
                                .client()
                                .open(
                                        Wire.SSE,
                                        ExtractionServiceGrpc.getExtractItemsMethod(),
                                        Extracting.person().build())) {
            assertThat(call.next()).isNotNull();
            call.leave();

            assertThat(gateway.engine.awaitRun().awaitEnd()).isEqualTo(Run.End.CANCELLED);
        }
    }

    @Test
    void theDeadlineIsAnErrorBehindTheItems() {
        Script script = Script.saying("{\"items\":[", ANN).pause(new Gate());
        try (Fixture gateway = Extracting.with(script)) {
            Reply<ItemEvent> reply =
                    gateway.server
                            .client()
                            .call(
                                    Wire.NDJSON,
                                    ExtractionServiceGrpc.getExtractItemsMethod(),
                                    Extracting.person().build(),
                                    Caller.PLAIN.within(Duration.ofSeconds(2)));

            assertThat(values(reply)).containsExactly(ANN);
            assertThat(reply.error().reason()).isEqualTo("deadline_exceeded");
        }
    }

    private static Script list(String... items) {
        return Script.saying("{\"items\":[" + String.join(",", items) + "]}");
    }

    private static List<String> values(Reply<ItemEvent> reply) {
        return reply.messages().stream()
                .filter(ItemEvent::hasItem)
                .map(event -> event.getItem().getValue())
                .toList();
    }

    private static ItemsEnd end(Reply<ItemEvent> reply) {
        assertThat(reply.ok()).as("%s", reply).isTrue();
        return reply.messages().getLast().getEnd();
    }

    private static Reply<ItemEvent> items(
            Fixture gateway, Wire wire, ExtractRequest.Builder request) {
        return gateway.server.call(
                wire, ExtractionServiceGrpc.getExtractItemsMethod(), request.build());
    }

    private static Reply<PartialExtraction> partial(
            Fixture gateway, Wire wire, ExtractRequest.Builder request) {
        return gateway.server.call(
                wire, ExtractionServiceGrpc.getExtractPartialMethod(), request.build());
    }
}
