package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

class OpenApiTest extends RestTest {
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

    @Test
    void theClientThatHasItIsToldSo() {
        String tag = header(get("/openapi.json"), "etag");

        assertThat(send(to("/openapi.json").GET().header("if-none-match", tag)).statusCode())
                .isEqualTo(304);
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
