package dev.tandem.structured.schema;

import dev.tandem.structured.json.BadJson;
import dev.tandem.structured.json.Json;
import dev.tandem.structured.json.JsonReader;
import java.util.List;

/**
 * Reads JSON Schemas: 2020-12, and the forms of draft-07 that differ ({@code definitions}, a list
 * as {@code items}, {@code additionalItems}). A keyword that no draft knows is an annotation. For
 * any number of threads.
 *
 * <p>Where a schema has rules for one kind of value and names no {@code type}, the model has only
 * values of that kind. Objects whose schema has {@code properties} and says nothing of others are
 * {@linkplain Schema.ObjectValue#open open}.
 */
public final class SchemaReader {
    /** Arrays and objects in a schema's text: some for each schema inside a schema. */
    private static final int JSON_LEVELS_OF_SCHEMA = 4;

    private final SchemaLimits limits;
    private final JsonReader json;

    /** Reads schemas within limits. */
    public SchemaReader(SchemaLimits limits) {
        this.limits = limits;
        json = new JsonReader(limits.characters(), limits.depth() * JSON_LEVELS_OF_SCHEMA);
    }

    /**
     * The model of a schema's text.
     *
     * @throws SchemaRefused with every problem and its place
     */
    public SchemaDocument read(String text) throws SchemaRefused {
        try {
            return read(json.read(text));
        } catch (BadJson e) {
            throw new SchemaRefused(
                    List.of(new Problem("", "the schema is not JSON: " + e.getMessage())));
        }
    }

    /**
     * The model of a schema.
     *
     * @throws SchemaRefused with every problem and its place
     */
    public SchemaDocument read(Json schema) throws SchemaRefused {
        return new Reading(schema, limits).document();
    }
}
