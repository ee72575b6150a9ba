package dev.tandem.llamacpp;

import dev.tandem.engines.Refusal;
import dev.tandem.structured.json.BadJson;
import dev.tandem.structured.json.Json;
import dev.tandem.structured.json.JsonReader;
import dev.tandem.structured.schema.Problem;
import dev.tandem.structured.schema.Schema;
import dev.tandem.structured.schema.SchemaDocument;
import dev.tandem.structured.schema.SchemaLimits;
import dev.tandem.structured.schema.SchemaReader;
import dev.tandem.structured.schema.SchemaRefused;
import dev.tandem.structured.schema.StrictRules;
import dev.tandem.v1.JsonSchemaFormat;
import dev.tandem.v1.ResponseFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON that a request wants as the answer.
 *
 * @param schema its text; empty where any object will do
 * @param instruction what the model is told
 */
record WantedJson(String schema, SchemaDocument document, String instruction) {
    static final String FIELD = "response_format.json_schema.schema";

    private static final WantedJson ANY_OBJECT =
            new WantedJson(
                    "",
                    new SchemaDocument(Schema.ObjectValue.ANY, Map.of(), List.of()),
                    "Answer with one JSON object and nothing else.");

    private static final SchemaLimits LIMITS = SchemaLimits.DEFAULT;
    private static final SchemaReader SCHEMAS = new SchemaReader(LIMITS);
    private static final JsonReader JSON = new JsonReader(LIMITS.characters(), LIMITS.depth() * 4);

    /** What the request wants; null where it wants any text. */
    static @Nullable WantedJson of(ResponseFormat format) {
        return switch (format.getType()) {
            case RESPONSE_FORMAT_TYPE_JSON_OBJECT -> ANY_OBJECT;
            case RESPONSE_FORMAT_TYPE_JSON_SCHEMA -> ofSchema(format.getJsonSchema());
            default -> null;
        };
    }

    private static WantedJson ofSchema(JsonSchemaFormat format) {
        if (!format.hasSchema()) {
            throw Refusal.unsupportedValue(
                    FIELD, "Give the schema, or use the type `json_object`.");
        }
        String text = format.getSchema();
        SchemaDocument document = read(text, format.getStrict(), FIELD);
        String about = format.hasDescription() ? " " + format.getDescription() : "";
        return new WantedJson(
                text,
                document,
                "Answer with JSON that fits this JSON Schema, and nothing else."
                        + about
                        + "\n"
                        + text);
    }

    /**
     * Reads a schema.
     *
     * @param strict whether OpenAI's rules for strict schemas hold too, and all of it must be
     *     enforced while the answer is written
     * @throws dev.tandem.runtime.call.ApiException {@code unsupported_value} with every problem
     */
    static SchemaDocument read(String text, boolean strict, String field) {
        try {
            SchemaDocument document = SCHEMAS.read(text);
            if (strict) {
                requireStrict(JSON.read(text), document, field);
            }
            return document;
        } catch (SchemaRefused e) {
            throw SchemaRefusal.of(field, e.problems());
        } catch (BadJson e) {
            throw SchemaRefusal.of(
                    field, List.of(new Problem("", "The schema is not JSON: " + e.getMessage())));
        }
    }

    private static void requireStrict(Json schema, SchemaDocument document, String field) {
        List<Problem> problems = new ArrayList<>(StrictRules.broken(schema));
        problems.addAll(document.checkedOnly());
        if (!problems.isEmpty()) {
            throw SchemaRefusal.of(field, problems);
        }
    }
}
