package dev.tandem.structured.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A schema and the definitions that it refers to.
 *
 * @param definitions by the JSON Pointer of each
 * @param checkedOnly what the model leaves out, because only the finished value can be held against
 *     it
 */
public record SchemaDocument(
        Schema root, Map<String, Schema> definitions, List<Problem> checkedOnly) {
    /** Copies the collections. */
    public SchemaDocument {
        definitions = Collections.unmodifiableMap(new LinkedHashMap<>(definitions));
        checkedOnly = List.copyOf(checkedOnly);
    }
}
