package dev.tandem.structured.check;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaException;
import dev.tandem.structured.json.BadJson;
import dev.tandem.structured.json.Json;
import dev.tandem.structured.json.JsonReader;
import dev.tandem.structured.schema.Problem;
import dev.tandem.structured.schema.SchemaForm;
import dev.tandem.structured.schema.SchemaLimits;
import dev.tandem.structured.schema.SchemaRefused;
import java.util.List;

/**
 * A schema that somebody sent, with any keyword of its draft, and the check by it.
 *
 * @param json the schema
 * @param check holds values against it
 */
public record CheckedSchema(Json json, SchemaCheck check) {
    private static final int MAX_DEPTH = 200;
    private static final JsonReader READER =
            new JsonReader(SchemaLimits.DEFAULT.characters(), MAX_DEPTH);

    /**
     * Reads a schema.
     *
     * @throws SchemaRefused where it is no schema, too large, leads elsewhere or has a pattern that
     *     cannot be matched in linear time: every problem with its place
     */
    public static CheckedSchema of(String text) throws SchemaRefused {
        try {
            return of(READER.read(text));
        } catch (BadJson e) {
            throw refused("the schema is not JSON: " + e.getMessage());
        }
    }

    /**
     * Takes a schema.
     *
     * @throws SchemaRefused as {@link #of(String)}
     */
    public static CheckedSchema of(Json schema) throws SchemaRefused {
        List<Problem> problems = SchemaForm.problems(schema, SchemaLimits.DEFAULT);
        if (problems.isEmpty()) {
            problems = DraftRules.broken(schema);
        }
        if (!problems.isEmpty()) {
            throw new SchemaRefused(problems);
        }
        try {
            return new CheckedSchema(schema, SchemaCheck.of(schema));
        } catch (SchemaException e) {
            Error error = e.getError();
            throw refused(error == null ? "it is no JSON Schema" : error.getMessage());
        }
    }

    private static SchemaRefused refused(String sentence) {
        return new SchemaRefused(List.of(new Problem("", sentence)));
    }
}
