package dev.tandem.gateway.extract;

import dev.tandem.structured.json.Json;
import dev.tandem.structured.schema.SchemaLimits;
import dev.tandem.structured.schema.SchemaReader;
import dev.tandem.structured.schema.SchemaRefused;
import dev.tandem.structured.schema.StrictRules;
import dev.tandem.v1.ExtractExample;
import dev.tandem.v1.ExtractRequest;

/**
 * What a model is asked for.
 *
 * @param request what the caller asked for
 * @param list is it a list of what the caller named, rather than one object?
 * @param schema the schema of the whole answer, as JSON text
 * @param strict does the schema keep the rules that strict response formats have, so that an engine
 *     can be held to all of it?
 */
record Asked(ExtractRequest request, boolean list, String schema, boolean strict) {
    private static final SchemaReader READER = new SchemaReader(SchemaLimits.DEFAULT);

    static Asked object(ExtractRequest request, Wanted wanted) {
        return of(request, false, wanted.schema());
    }

    static Asked list(ExtractRequest request, Wanted wanted) {
        return of(request, true, ListSchema.of(wanted.schema()));
    }

    private static Asked of(ExtractRequest request, boolean list, Json schema) {
        return new Asked(request, list, schema.text(), strict(schema));
    }

    private static boolean strict(Json schema) {
        try {
            return StrictRules.broken(schema).isEmpty()
                    && READER.read(schema).checkedOnly().isEmpty();
        } catch (SchemaRefused e) {
            return false; // not by a grammar, but it can be checked
        }
    }

    /** What the model would have answered to an example. */
    String answer(ExtractExample example) {
        return list
                ? "{\"" + ListSchema.ITEMS + "\":" + example.getValue() + "}"
                : example.getValue();
    }
}
