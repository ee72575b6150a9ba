package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.RawAnswer.Version;
import dev.tandem.runtime.call.Service;
import dev.tandem.test.v1.FormServiceGrpc;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the OpenAPI document says of forms. */
class FormsDocumentTest {
    @Test
    void aMethodThatTakesFormsHasThreeBodies() {
        JsonObject paths = paths("/openapi.json");
        JsonObject content = content(paths, "/f/send", "post");

        assertThat(content.keySet())
                .containsExactly(
                        "application/json",
                        "application/x-www-form-urlencoded",
                        "multipart/form-data");
        assertThat(content(paths, "/f/strict", "post").keySet())
                .containsExactly("application/json");
        assertThat(content(paths, "/tandem.test.v1.FormService/Send", "post").keySet())
                .containsExactly("application/json");
    }

    @Test
    void filesAreBinaryInPartsAndTextElsewhere() {
        JsonObject paths = paths("/openapi-3.2.json");
        JsonObject parts = properties(paths, "/f/send", "post", "multipart/form-data");
        JsonObject pairs =
                properties(paths, "/f/send", "post", "application/x-www-form-urlencoded");

        for (String field : new String[] {"raw", "file"}) {
            assertThat(parts.getJsonObject(field).getString("format")).isEqualTo("binary");
            assertThat(parts.getJsonObject(field).getString("contentMediaType"))
                    .isEqualTo("application/octet-stream");
        }
        assertThat(parts.getJsonObject("file").getString("description"))
                .isEqualTo("A file with its name.");
        assertThat(parts.getJsonObject("files").getString("type")).isEqualTo("array");
        assertThat(parts.getJsonObject("files").getJsonObject("items").getString("format"))
                .isEqualTo("binary");
        assertThat(parts).doesNotContainKey("file.content");
        assertThat(pairs).containsKeys("file.content", "file.filename", "title", "tags");
        assertThat(pairs).doesNotContainKeys("file", "files", "all");
        assertThat(pairs.getJsonObject("raw").getString("contentEncoding")).isEqualTo("base64");
    }

    @Test
    void whatThePathGivesIsInNoForm() {
        JsonObject paths = paths("/openapi.json");

        assertThat(properties(paths, "/f/send/{title}", "put", "multipart/form-data"))
                .doesNotContainKey("title")
                .containsKey("count");
        assertThat(properties(paths, "/f/inner/{title}", "post", "multipart/form-data"))
                .containsKeys("title", "count");
    }

    @Test
    void theErrorOfFormsIsTold() {
        JsonObject send = paths("/openapi.json").getJsonObject("/f/send").getJsonObject("post");
        JsonObject strict = paths("/openapi.json").getJsonObject("/f/strict").getJsonObject("post");

        assertThat(bad(send)).contains("malformed_form");
        assertThat(bad(strict)).doesNotContain("malformed_form");
    }

    private static String bad(JsonObject operation) {
        return operation.getJsonObject("responses").getJsonObject("400").getString("description");
    }

    private static JsonObject properties(
            JsonObject paths, String path, String verb, String mediaType) {
        return content(paths, path, verb)
                .getJsonObject(mediaType)
                .getJsonObject("schema")
                .getJsonObject("properties");
    }

    private static JsonObject content(JsonObject paths, String path, String verb) {
        return paths.getJsonObject(path)
                .getJsonObject(verb)
                .getJsonObject("requestBody")
                .getJsonObject("content");
    }

    private static JsonObject paths(String document) {
        Service service =
                Service.of(FormServiceGrpc.getServiceDescriptor())
                        .unary(FormServiceGrpc.getSendMethod(), (form, call) -> form)
                        .stream(FormServiceGrpc.getWatchMethod(), (form, sink, call) -> {})
                        .unary(FormServiceGrpc.getStrictMethod(), (form, call) -> form)
                        .build();
        try (Server server = Server.builder().service(service).drainLimit(Duration.ZERO).start();
                JsonReader reader =
                        Json.createReader(
                                new StringReader(
                                        RawAnswer.to(
                                                        Version.HTTP_1_1,
                                                        server.port(),
                                                        "GET",
                                                        document,
                                                        new byte[0])
                                                .text()))) {
            return reader.readObject().getJsonObject("paths");
        }
    }
}
