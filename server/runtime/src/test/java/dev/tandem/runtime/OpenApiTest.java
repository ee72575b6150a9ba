package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.RawAnswer.Version;
import dev.tandem.testtools.Golden;
import dev.tandem.transcoding.openapi.About;
import dev.tandem.transcoding.route.Route;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

class OpenApiTest extends RestTest {
    private static final byte[] NOTHING = {};

    @Override
    ServerBuilder configured(ServerBuilder builder) {
        return super.configured(builder)
                .about(new About("Echo", "1.2.3", "Says things back.", "Apache-2.0"));
    }

    @Test
    void theDocumentIsTheGoldenOne() throws Exception {
        Golden.check("dev/tandem/runtime/golden/openapi.json", get("/openapi.json").body());
    }

    @Test
    void theDocumentOf32IsTheGoldenOne() throws Exception {
        Golden.check("dev/tandem/runtime/golden/openapi-3.2.json", get("/openapi-3.2.json").body());
    }

    @Test
    void everyRouteIsInTheDocumentAndNothingElse() {
        JsonObject paths = document().getJsonObject("paths");
        List<String> ids = new ArrayList<>();
        paths.forEach((path, item) ->
                item.asJsonObject().values().forEach(operation -> ids.add(id(operation))));

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(ids)
                .filteredOn(id -> !id.startsWith("get"))
                .hasSize(server.routes().routes().size());
        for (Route route : server.routes().routes()) {
            assertThat(ids).anyMatch(id -> id.startsWith(name(route)));
        }
    }

    @Test
    void everyPageThatIsDescribedIsServedAsItSays() {
        document()
                .getJsonObject("paths")
                .forEach((path, item) -> {
                    JsonObject operation = item.asJsonObject().getJsonObject("get");
                    if (operation != null
                            && id(operation).startsWith("get")
                            && !path.contains("{")) {
                        HttpResponse<String> answer = get(path);
                        assertThat(answer.statusCode()).as(path).isEqualTo(200);
                        assertThat(header(answer, "content-type").split(";", 2)[0])
                                .isIn(
                                        operation
                                                .getJsonObject("responses")
                                                .getJsonObject("200")
                                                .getJsonObject("content")
                                                .keySet());
                    }
                });
    }

    @Test
    void yamlSaysTheSame() {
        Object yaml = new Yaml().load(get("/openapi.yaml").body());

        assertThat(Json.createObjectBuilder(map(yaml)).build()).isEqualTo(document());
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, application/json",
        "application/vnd.oai.openapi, application/vnd.oai.openapi",
        "application/yaml, application/yaml"
    })
    void helidonsFeatureGivesTheFormThatIsAccepted(String accepted, String given) {
        HttpResponse<String> answer = send(to("/openapi").GET().header("accept", accepted));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "content-type")).startsWith(given);
        assertThat(answer.body()).contains("/v1/shelves/{shelf}/books/{book.title}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openapi", "/openapi.json", "/openapi.yaml", "/openapi-3.2.json"})
    void pagesOfOtherOriginsReadNothing(String path) {
        HttpResponse<String> answer = send(to(path).GET().header("origin", "https://evil.example"));

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "/openapi.json, */*",
        "/openapi.yaml, */*",
        "/openapi-3.2.json, */*",
        "/openapi, */*",
        "/openapi, application/json",
        "/openapi, application/vnd.oai.openapi+json",
        "/openapi, application/yaml",
        "/openapi, application/vnd.oai.openapi"
    })
    void theClientThatHasItIsToldSo(String path, String accepted) {
        HttpResponse<String> first = send(to(path).GET().header("accept", accepted));
        String tag = header(first, "etag");
        HttpResponse<String> again =
                send(to(path).GET().header("accept", accepted).header("if-none-match", tag));

        assertThat(tag).matches("\"[0-9a-f]{32}\"");
        assertThat(header(first, "cache-control")).isEqualTo("no-cache");
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(header(again, "etag")).isEqualTo(tag);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void overEitherHttp(Version version) {
        RawAnswer first = RawAnswer.to(version, server.port(), "GET", "/openapi", NOTHING);
        String tag = first.headers().getOrDefault("etag", "");
        RawAnswer again =
                RawAnswer.to(
                        version, server.port(), "GET", "/openapi", NOTHING, "if-none-match", tag);

        assertThat(first.status()).isEqualTo(200);
        assertThat(tag).matches("\"[0-9a-f]{32}\"");
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.headers()).containsEntry("etag", tag);
    }

    @Test
    void theClientThatHasAnotherFormGetsTheOneItAccepts() {
        String json = header(send(to("/openapi").header("accept", "application/json")), "etag");
        HttpResponse<String> yaml =
                send(
                        to("/openapi")
                                .header("accept", "application/yaml")
                                .header("if-none-match", json));

        assertThat(yaml.statusCode()).isEqualTo(200);
        assertThat(header(yaml, "etag")).isNotEqualTo(json);
        assertThat(header(yaml, "vary")).isEqualTo("Accept");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openapi", "/openapi.json", "/openapi.yaml", "/openapi-3.2.json"})
    void aServerCanKeepItToItself(String path) {
        try (Server silent =
                Server.builder().service(echo.service()).documentation(false).start()) {
            server.close();
            server = silent;
            assertThat(get(path).statusCode()).isEqualTo(404);
        }
    }

    @SuppressWarnings("unchecked") // the keys of YAML that was JSON are strings
    private static Map<String, Object> map(Object yaml) {
        return (Map<String, Object>) yaml;
    }

    private JsonObject document() {
        return Golden.parsed(get("/openapi.json").body());
    }

    private static String id(JsonValue operation) {
        return operation.asJsonObject().getString("operationId");
    }

    private static String name(Route route) {
        String method = route.first().getName();
        return switch (route.profile()) {
            case CANONICAL -> route.first().getFullName();
            default -> "echo" + method;
        };
    }
}
