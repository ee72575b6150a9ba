package dev.tandem.transcoding.route;

import static dev.tandem.transcoding.route.Proto.clientStreaming;
import static dev.tandem.transcoding.route.Proto.http;
import static dev.tandem.transcoding.route.Proto.streaming;
import static dev.tandem.transcoding.route.Proto.unary;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.tandem.transcoding.json.Profile;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RouteTableTest {
    private static final RouteTable TABLE =
            table(
                    unary("Literal", http("get: \"/v1/a/fixed\"")),
                    unary("One", http("get: \"/v1/a/{name}\"")),
                    unary("Rest", http("get: \"/v1/{name=a/**}\"")),
                    unary("Load", http("post: \"/v1/a/{name}:load\" body: \"*\"")),
                    unary("Deep", http("get: \"/v1/{name=b/*/c/*}\"")),
                    unary("Two", http("put: \"/v1/d/{name}/{inner.name}\" body: \"part\"")),
                    unary("Any", http("custom { kind: \"*\" path: \"/v1/any\" }")),
                    unary(
                            "More",
                            http(
                                    "get: \"/v1/m\" additional_bindings { delete: \"/v1/n/{name}\" }")),
                    unary("Plain", ""));

    static Stream<Arguments> found() {
        return Stream.of(
                arguments("GET", "/v1/a/fixed", "Literal", List.of()),
                arguments("GET", "/v1/a/other", "One", List.of("other")),
                arguments("GET", "/v1/a/fix%65d", "Literal", List.of()),
                arguments("GET", "/v1/a/x%2Fy%20z", "One", List.of("x/y z")),
                arguments("GET", "/v1/a/x+y", "One", List.of("x+y")),
                arguments("GET", "/v1/a/x:y", "One", List.of("x:y")),
                arguments("GET", "/v1/a/x/y", "Rest", List.of("a/x/y")),
                arguments("GET", "/v1/a/x%2Fy%20z/w", "Rest", List.of("a/x%2Fy z/w")),
                arguments("GET", "/v1/a/x%2fy/w", "Rest", List.of("a/x%2fy/w")),
                arguments("GET", "/v1/a", "Rest", List.of("a")),
                arguments("GET", "/v1/a/x/", "Rest", List.of("a/x/")),
                arguments("GET", "/v1/a/fixed/x", "Rest", List.of("a/fixed/x")),
                arguments("POST", "/v1/a/x:load", "Load", List.of("x")),
                arguments("POST", "/v1/a/x:y:load", "Load", List.of("x:y")),
                arguments("GET", "/v1/a/x:load", "One", List.of("x:load")),
                arguments("GET", "/v1/b/x/c/y", "Deep", List.of("b/x/c/y")),
                arguments("PUT", "/v1/d/x/y", "Two", List.of("x", "y")),
                arguments("BREW", "/v1/any", "Any", List.of()),
                arguments("DELETE", "/v1/n/x", "More", List.of("x")),
                arguments("HEAD", "/v1/m", "More", List.of()),
                arguments("POST", "/t.S/Plain", "Plain", List.of()),
                arguments("POST", "/t.S/One", "One", List.of()));
    }

    @ParameterizedTest
    @MethodSource
    void found(String verb, String path, String method, List<String> variables) {
        assertThat(TABLE.match(verb, path))
                .isInstanceOfSatisfying(
                        RouteMatch.Found.class,
                        found -> {
                            assertThat(found.route().first().getName()).isEqualTo(method);
                            assertThat(found.variables()).isEqualTo(variables);
                        });
    }

    @ParameterizedTest
    @MethodSource
    void unknown(String path) {
        assertThat(TABLE.match("GET", path)).isInstanceOf(RouteMatch.Unknown.class);
    }

    static Stream<String> unknown() {
        return Stream.of(
                "/", "", "*", "/v1/a/", "/v2/a", "/v1/b//c/y", "/v1/d/x", "/v1/m/", "/t.S/Nothing");
    }

    @Test
    void namesTheVerbsOfAPathThatExists() {
        assertThat(TABLE.match("PATCH", "/v1/a/x:load"))
                .isInstanceOfSatisfying(
                        RouteMatch.OtherVerbs.class,
                        other ->
                                assertThat(other.allowed())
                                        .containsExactly("GET", "HEAD", "OPTIONS", "POST"));
        assertThat(TABLE.match("GET", "/t.S/One"))
                .isInstanceOfSatisfying(
                        RouteMatch.OtherVerbs.class,
                        other -> assertThat(other.allowed()).containsExactly("OPTIONS", "POST"));
    }

    @ParameterizedTest
    @MethodSource
    void malformed(String path) {
        assertThat(TABLE.match("GET", path))
                .isInstanceOfSatisfying(
                        RouteMatch.Malformed.class,
                        bad -> assertThat(bad.message()).contains("not percent-encoded UTF-8"));
    }

    static Stream<String> malformed() {
        return Stream.of("/v1/a/%", "/v1/a/%4", "/v1/a/%zz", "/v1/a/%ff", "/v1/a/%c3%28");
    }

    @Test
    void declaredBindingsSpeakTheContractAndMethodPathsTheCanonicalProfile() {
        assertThat(TABLE.routes())
                .allSatisfy(route ->
                        assertThat(route.profile() == Profile.CANONICAL)
                                .isEqualTo(route.path().text().startsWith("/t.S/")));
    }

    @Test
    void aUnaryAndAStreamingMethodShareABinding() {
        String options =
                http("post: \"/v1/x\" body: \"*\"")
                        + " [tandem.options.v1.method] { stream_field: \"stream\" done: \"[DONE]\" }";
        RouteTable table = table(unary("Say", options), streaming("SayOn", options));

        Route route = ((RouteMatch.Found) table.match("POST", "/v1/x")).route();

        assertThat(route.methods()).extracting("name").containsExactly("Say", "SayOn");
        assertThat(route.done()).isEqualTo("[DONE]");
        assertThat(table.routes()).hasSize(3);
        var request = com.google.protobuf.DynamicMessage.newBuilder(route.request());
        assertThat(route.choose(request.build()).getName()).isEqualTo("Say");
        request.setField(route.request().findFieldByName("stream"), true);
        assertThat(route.choose(request.build()).getName()).isEqualTo("SayOn");
    }

    @Test
    void aMethodWhoseClientStreamsIsAWebSocketBesideTheOthers() {
        RouteTable table =
                table(
                        unary("Read", http("get: \"/v1/x/{name}\"")),
                        clientStreaming("Talk", http("get: \"/v1/x/{name}\"")),
                        clientStreaming("Load", http("post: \"/v1/y:load\" body: \"*\"")));

        assertThat(table.match("GET", "/v1/x/a"))
                .isInstanceOfSatisfying(
                        RouteMatch.Found.class,
                        found -> assertThat(found.route().first().getName()).isEqualTo("Read"));
        assertThat(socket(table, "/v1/x/a")).isEqualTo("Talk [a]");
        assertThat(socket(table, "/v1/y:load")).isEqualTo("Load []");
        assertThat(socket(table, "/t.S/Talk")).isEqualTo("Talk []");
        assertThat(table.matchSocket("/t.S/Read")).isInstanceOf(RouteMatch.Unknown.class);
        assertThat(table.match("POST", "/v1/y:load")).isInstanceOf(RouteMatch.Unknown.class);
        assertThat(table.match("POST", "/t.S/Talk")).isInstanceOf(RouteMatch.Unknown.class);
        assertThat(table.sockets()).extracting(Route::verb).containsOnly("GET");
    }

    private static String socket(RouteTable table, String path) {
        return table.matchSocket(path) instanceof RouteMatch.Found(Route route, var variables)
                ? route.first().getName() + " " + variables
                : "nothing";
    }

    private static RouteTable table(String... methods) {
        return RouteTable.of(Proto.service(methods).getServices());
    }
}
