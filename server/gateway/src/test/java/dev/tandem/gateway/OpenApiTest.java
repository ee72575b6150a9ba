package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tandem.testing.HttpReply;
import dev.tandem.testing.HttpRequest;
import dev.tandem.testing.Script;
import dev.tandem.testing.ScriptedEngine;
import dev.tandem.testing.Wire;
import dev.tandem.testtools.Command;
import dev.tandem.testtools.Golden;
import dev.tandem.testtools.Installs;
import dev.tandem.v1.ChatRequest;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The document that the gateway serves: what it says, and that answers are as it says. */
class OpenApiTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String GOOD =
            "{\"model\": \"tiny\", \"messages\": [{\"role\": \"user\", \"content\": \"hi\"}]}";
    private static final String CANONICAL_GOOD =
            "{\"model\": \"tiny\", \"messages\": [{\"role\": \"ROLE_USER\", \"content\": [{\"text\":"
                    + " \"hi\"}]}]}";

    private static Fixture gateway;
    private static JsonObject document;

    @BeforeAll
    static void start() {
        gateway =
                new Fixture(new ScriptedEngine(OpenApiTest::script), GatewaySettings.ofLoopback());
        document = Golden.parsed(body(HttpRequest.get("/openapi.json")));
    }

    /** Says what the example of extraction asks for, and something else otherwise. */
    private static Script script(ChatRequest request) {
        if (!request.hasResponseFormat()) {
            return Script.saying("Hel", "lo");
        }
        String person = "{\"name\":\"Ada Lovelace\",\"born\":1815}";
        String schema = request.getResponseFormat().getJsonSchema().getSchema();
        return Script.saying(
                schema.contains("\"items\"") ? "{\"items\":[" + person + "]}" : person);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"openapi.json", "openapi-3.2.json"})
    void theDocumentIsTheGoldenOne(String file) throws Exception {
        Golden.check("dev/tandem/gateway/" + file, body(HttpRequest.get("/" + file)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"openapi.json", "openapi.yaml", "openapi-3.2.json"})
    void anOfficialValidatorFindsNothingWrong(String file) throws Exception {
        assertThat(validated(file, body(HttpRequest.get("/" + file)))).contains("OK");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openapi.json", "openapi-3.2.json"})
    void theValidatorWouldFindWhatIsWrong(String file) {
        JsonObject good = Golden.parsed(body(HttpRequest.get("/" + file)));
        JsonObject broken = Json.createObjectBuilder(good).add("tags", "none").build();

        assertThatThrownBy(() -> validated("broken-" + file, broken.toString()))
                .isInstanceOf(AssertionError.class);
    }

    private static String validated(String file, String text) throws Exception {
        Path folder = Files.createDirectories(Path.of("target", "openapi"));
        Path path = Files.writeString(folder.resolve(file), text);
        Path python = Installs.pip(Path.of("src", "test", "python", "requirements.txt"));
        return Command.of(python.toString(), "-m", "openapi_spec_validator", path.toString())
                .output();
    }

    @ParameterizedTest
    @CsvSource({
        CHAT + ", ChatCompletion",
        "/tandem.v1.ChatService/Complete, tandem.v1.ChatCompletion"
    })
    void wholeAnswersFitTheirSchema(String path, String schema) {
        String request = path.equals(CHAT) ? GOOD : CANONICAL_GOOD;

        assertThat(errors(schema, body(HttpRequest.post(path, request)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({CHAT + ", ChatChunk", "/tandem.v1.ChatService/Stream, tandem.v1.ChatChunk"})
    void everyChunkFitsItsSchema(String path, String schema) {
        String request =
                path.equals(CHAT)
                        ? GOOD.replace("{\"model\"", "{\"stream\": true, \"model\"")
                        : CANONICAL_GOOD;
        List<String> chunks =
                body(HttpRequest.post(path, request))
                        .lines()
                        .filter(line -> line.startsWith("data: {"))
                        .map(line -> line.substring(6))
                        .toList();

        assertThat(chunks).hasSizeGreaterThan(2);
        assertThat(chunks).allSatisfy(chunk -> assertThat(errors(schema, chunk)).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"model\": \"nobody\", \"messages\": [{\"role\": \"user\", \"content\": \"hi\"}]} | 404",
                "{\"model\": 3} | 422",
                "{ | 400"
            })
    void errorsFitTheirSchemaAndHaveTheirStatus(String request, String status) {
        HttpReply reply = send(HttpRequest.post(CHAT, request));
        JsonObject answers = operation(CHAT, "post").getJsonObject("responses");

        assertThat(reply.status()).hasToString(status);
        assertThat(answers).containsKey(status);
        assertThat(errors("Error", reply.body())).isEmpty();
        assertThat(answers.getJsonObject(status).getString("description"))
                .contains(Golden.parsed(reply.body()).getJsonObject("error").getString("code"));
    }

    @Test
    void listsAndModelsFitTheirSchemas() {
        assertThat(errors("ListModelsResponse", body(HttpRequest.get("/v1/models")))).isEmpty();
        assertThat(errors("Model", body(HttpRequest.get("/v1/models/tiny")))).isEmpty();
    }

    @Test
    void everyExampleIsValidAndEveryRequestOfOneIsAnswered() {
        document.getJsonObject("paths")
                .forEach((path, item) ->
                        item.asJsonObject()
                                .forEach((verb, operation) -> {
                                    JsonObject shown = operation.asJsonObject();
                                    if (shown.get("requestBody") instanceof JsonObject body) {
                                        JsonValue example = checked(body);
                                        assertThat(
                                                        send(HttpRequest.post(
                                                                        path, example.toString()))
                                                                .status())
                                                .as("%s %s", path, example)
                                                .isEqualTo(200);
                                    }
                                    checked(shown.getJsonObject("responses").getJsonObject("200"));
                                }));
    }

    /** The example of the body's JSON; all examples fit their schemas. */
    private static JsonValue checked(JsonObject body) {
        JsonValue json = JsonValue.NULL;
        for (Map.Entry<String, JsonValue> each : body.getJsonObject("content").entrySet()) {
            JsonObject content = each.getValue().asJsonObject();
            JsonValue example = content.get("example");
            if (example != null) {
                assertThat(errors(content.getJsonObject("schema"), example.toString()))
                        .as("%s", example)
                        .isEmpty();
                json = each.getKey().equals("application/json") ? example : json;
            }
        }
        return json;
    }

    @Test
    void everyRouteIsAnOperationAndEveryOperationARouteOrAPage() {
        List<String> ids = new ArrayList<>();
        List<String> pages = new ArrayList<>();
        document.getJsonObject("paths")
                .values()
                .forEach(item ->
                        item.asJsonObject()
                                .values()
                                .forEach(each -> {
                                    JsonObject operation = each.asJsonObject();
                                    String tag = operation.getJsonArray("tags").getString(0);
                                    (tag.equals("Server") ? pages : ids)
                                            .add(operation.getString("operationId"));
                                }));

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(ids).hasSameSizeAs(gateway.server.server().routes().routes());
        assertThat(ids).contains("chatComplete", "listModels", "getModel");
        assertThat(pages).contains("getHealth", "getReady", "getOpenApiJson", "getProto");
    }

    private static JsonObject operation(String path, String verb) {
        return document.getJsonObject("paths").getJsonObject(path).getJsonObject(verb);
    }

    private static List<Error> errors(String schema, String json) {
        return errors(
                Json.createObjectBuilder().add("$ref", "#/components/schemas/" + schema).build(),
                json);
    }

    private static List<Error> errors(JsonObject schema, String json) {
        JsonObject whole =
                Json.createObjectBuilder(schema)
                        .add("components", document.getJsonObject("components"))
                        .build();
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole.toString(), InputFormat.JSON)
                .validate(json, InputFormat.JSON);
    }

    private static HttpReply send(HttpRequest request) {
        return gateway.server.client().http(Wire.Version.HTTP_1_1, request);
    }

    private static String body(HttpRequest request) {
        HttpReply reply = send(request);
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        return reply.body();
    }
}
