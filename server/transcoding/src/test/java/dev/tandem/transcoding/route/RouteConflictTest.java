package dev.tandem.transcoding.route;

import static dev.tandem.transcoding.route.Proto.clientStreaming;
import static dev.tandem.transcoding.route.Proto.http;
import static dev.tandem.transcoding.route.Proto.streaming;
import static dev.tandem.transcoding.route.Proto.unary;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

/** What stops the start, and that the message names the method. */
class RouteConflictTest {
    private static final String SHARED = http("post: \"/v1/x\" body: \"*\"");

    @Test
    void twoMethodsOnOneBindingWithoutStreamField() {
        assertThat(problem(unary("A", SHARED), streaming("B", SHARED)))
                .isEqualTo(
                        "t.proto: t.S.A: POST /v1/x is bound by t.S.A and t.S.B; a unary and a"
                                + " server-streaming method may share it when both name the same"
                                + " (tandem.options.v1.method).stream_field");
    }

    @Test
    void templatesThatDifferInNamesOnly() {
        assertThat(
                        problem(
                                unary("A", http("get: \"/v1/{name}\"")),
                                unary("B", http("get: \"/v1/{inner.name=*}\""))))
                .contains("t.S.A and t.S.B");
    }

    @Test
    void streamFieldsThatDiffer() {
        assertThat(
                        problem(
                                unary("A", SHARED + field("stream")),
                                streaming("B", SHARED + field("name"))))
                .contains("both name the same");
    }

    @Test
    void aStreamFieldThatIsNoBool() {
        assertThat(
                        problem(
                                unary("A", SHARED + field("name")),
                                streaming("B", SHARED + field("name"))))
                .contains(
                        "t.S.A: POST /v1/x has the stream_field \"name\", which is no bool field of t.Q");
    }

    @Test
    void twoUnaryMethodsWithAStreamField() {
        assertThat(
                        problem(
                                unary("A", SHARED + field("stream")),
                                unary("B", SHARED + field("stream"))))
                .contains("one unary and one server-streaming method");
    }

    @Test
    void aStreamFieldWithoutAnotherMethod() {
        assertThat(problem(unary("A", SHARED + field("stream"))))
                .contains("t.S.A: POST /v1/x has the stream_field \"stream\", but no other method");
    }

    @Test
    void threeMethods() {
        String options = SHARED + field("stream");
        assertThat(problem(unary("A", options), streaming("B", options), streaming("C", options)))
                .contains("t.S.A and t.S.B and t.S.C; two methods at most");
    }

    @Test
    void bodiesThatDiffer() {
        assertThat(
                        problem(
                                unary("A", SHARED + field("stream")),
                                streaming(
                                        "B",
                                        http("post: \"/v1/x\" body: \"part\"") + field("stream"))))
                .contains("with different variables, body, forms or response");
    }

    @Test
    void unknownFieldsInTemplates() {
        assertThat(problem(unary("A", http("get: \"/v1/{nam}\""))))
                .isEqualTo("t.proto: t.S.A: /v1/{nam}: t.Q has no field \"nam\"");
        assertThat(problem(unary("A", http("get: \"/v1/{inner.x}\""))))
                .contains("no field \"inner.x\"");
    }

    @Test
    void fieldsThatCannotStandInAPath() {
        assertThat(problem(unary("A", http("get: \"/v1/{tags}\""))))
                .contains("cannot stand in a path: tags");
        assertThat(problem(unary("A", http("get: \"/v1/{inner}\""))))
                .contains("cannot stand in a path: inner");
    }

    @Test
    void bodiesThatAreNoField() {
        assertThat(problem(unary("A", http("post: \"/v1/x\" body: \"nothing\""))))
                .isEqualTo(
                        "t.proto: t.S.A: its body must be \"*\" or a field of t.Q, not \"nothing\"");
        assertThat(problem(unary("A", http("post: \"/v1/x\" body: \"*\" response_body: \"tags\""))))
                .isEqualTo(
                        "t.proto: t.S.A: its response_body must be a field of t.R, not \"tags\"");
    }

    @Test
    void aBodyWhereHttpKnowsNone() {
        assertThat(problem(unary("A", http("get: \"/v1/x\" body: \"*\""))))
                .isEqualTo(
                        "t.proto: t.S.A: GET has no body (RFC 9110, section 9.3); leave body out of it");
        assertThat(
                        problem(
                                unary(
                                        "A",
                                        http(
                                                "custom { kind: \"HEAD\" path: \"/v1/x\" } body: \"part\""))))
                .contains("HEAD has no body");
    }

    @Test
    void aFieldThatIsBoundTwice() {
        assertThat(problem(unary("A", http("post: \"/v1/{name}\" body: \"name\""))))
                .contains("its body \"name\" is bound by its path already");
        assertThat(problem(unary("A", http("get: \"/v1/{page_size}/{pageSize}\""))))
                .contains("/v1/{page_size}/{pageSize}: page_size is bound twice");
    }

    @Test
    void aBindingThatIsThereTwice() {
        String twice = "get: \"/v1/{name}\" additional_bindings { get: \"/v1/{inner.name}\" }";
        assertThat(problem(unary("A", http(twice))))
                .isEqualTo("t.proto: t.S.A: GET /v1/{name} is bound twice by t.S.A");
    }

    @Test
    void additionalBindingsWithinAdditionalBindings() {
        String nested =
                "get: \"/v1/a\" additional_bindings { get: \"/v1/b\""
                        + " additional_bindings { get: \"/v1/c\" } }";
        assertThat(problem(unary("A", http(nested))))
                .contains("an additional binding cannot have additional bindings");
    }

    @Test
    void aSelectorOfAnotherMethod() {
        assertThat(problem(unary("A", http("selector: \"t.S.B\" get: \"/v1/a\""))))
                .contains("its selector \"t.S.B\" is another method; leave it out");
    }

    @Test
    void aMethodPathThatAnotherMethodBinds() {
        String canonical = http("post: \"/t.S/A\" body: \"*\"");
        assertThat(problem(unary("A", ""), unary("B", canonical)))
                .contains("POST /t.S/A is bound by t.S.A and t.S.B");
    }

    @Test
    void optionsOfMessagesAreToldWithTheRoutes() {
        var services =
                Proto.file(
                                """
                                message_type {
                                  name: "Q"
                                  field { name: "a" number: 1 type: TYPE_INT32 label: LABEL_OPTIONAL options { [tandem.options.v1.field] { json: true } } }
                                  field { name: "b" number: 2 type: TYPE_INT32 label: LABEL_OPTIONAL options { [tandem.options.v1.field] { single: true } } }
                                }
                                service {
                                  name: "S"
                                  method { name: "A" input_type: ".t.Q" output_type: ".t.Q" options { [google.api.http] { get: "/{c}" } } }
                                }
                                """)
                        .getServices();

        RouteException e =
                catchThrowableOfType(RouteException.class, () -> RouteTable.of(services));

        assertThat(e.problems())
                .containsExactly(
                        "t.proto: t.S.A: /{c}: t.Q has no field \"c\"",
                        "t.proto: t.Q.a: json is for strings",
                        "t.proto: t.Q.b: single is for lists");
    }

    @Test
    void templatesThatAreNone() {
        assertThat(problem(unary("A", http("get: \"v1\""))))
                .startsWith("t.proto: t.S.A: path template \"v1\"");
        assertThat(problem(unary("A", http(""))))
                .isEqualTo("t.proto: t.S.A: its binding names no HTTP method");
    }

    @Test
    void aClientStreamWhoseMessagesWouldBeOneField() {
        assertThat(problem(clientStreaming("A", http("put: \"/v1\" body: \"part\""))))
                .startsWith("t.proto: t.S.A: its body \"part\" is one field");
    }

    @Test
    void twoWebSocketsOnOnePath() {
        assertThat(
                        problem(
                                clientStreaming("A", http("get: \"/v1\"")),
                                clientStreaming("B", http("post: \"/v1\" body: \"*\""))))
                .contains("t.S.A and t.S.B; a WebSocket is of one method");
    }

    @Test
    void everyProblemIsToldAtOnce() {
        RouteException e =
                refused(unary("A", http("get: \"v1\"")), unary("B", http("get: \"/v1/{nam}\"")));

        assertThat(e.problems()).hasSize(2);
        assertThat(e)
                .hasMessageContaining("\n- t.proto: t.S.A: ")
                .hasMessageContaining("\n- t.proto: t.S.B: ");
    }

    private static String field(String name) {
        return " [tandem.options.v1.method] { stream_field: \"" + name + "\" }";
    }

    private static String problem(String... methods) {
        return refused(methods).problems().getFirst();
    }

    private static RouteException refused(String... methods) {
        RouteException refused =
                catchThrowableOfType(
                        RouteException.class,
                        () -> RouteTable.of(Proto.service(methods).getServices()));
        assertThat(refused).isNotNull();
        return refused;
    }
}
