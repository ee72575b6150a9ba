package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.RawAnswer.Version;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the OpenAPI document says where a body or an answer is one field, of whatever type. */
class FieldBodiesDocumentTest extends MirrorTest {
    @ParameterizedTest
    @CsvSource({
        "text, string",
        "number, integer",
        "flag, boolean",
        "raw, string",
        "color, string",
        "numbers, array",
        "all, array",
        "labels, object",
        "parts, object"
    })
    void aFieldHasTheSchemaOfItsType(String field, String type) {
        JsonObject put = put("/openapi.json", field);
        assertThat(schema(put.getJsonObject("requestBody")).getString("type")).isEqualTo(type);
        assertThat(schema(answer(put)).getString("type")).isEqualTo(type);
    }

    @Test
    void aMessageIsReferredTo() {
        JsonObject put = put("/openapi.json", "nested");
        assertThat(schema(put.getJsonObject("requestBody")).getString("$ref"))
                .startsWith("#/components/schemas/");
        assertThat(schema(answer(put)).getString("$ref")).startsWith("#/components/schemas/");
    }

    @Test
    void bothVersionsHaveThem() {
        assertThat(put("/openapi-3.2.json", "text")).isEqualTo(put("/openapi.json", "text"));
    }

    private JsonObject put(String document, String field) {
        RawAnswer answer = send(Version.HTTP_1_1, "GET", document);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        try (JsonReader reader = Json.createReader(new StringReader(answer.text()))) {
            return reader.readObject()
                    .getJsonObject("paths")
                    .getJsonObject("/m/" + field)
                    .getJsonObject("put");
        }
    }

    private static JsonObject answer(JsonObject operation) {
        return operation.getJsonObject("responses").getJsonObject("200");
    }

    private static JsonObject schema(JsonObject body) {
        return body.getJsonObject("content")
                .getJsonObject("application/json")
                .getJsonObject("schema");
    }
}
