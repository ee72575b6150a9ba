package dev.tandem.structured.schema;

import dev.tandem.structured.json.Json;
import dev.tandem.structured.json.Json.JsonString;
import dev.tandem.structured.schema.Schema.ObjectValue;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** The rules for objects. */
final class ObjectReader {
    private ObjectReader() {}

    static Schema read(Node node) {
        Map<String, Schema> properties = new LinkedHashMap<>();
        node.members("properties")
                .forEach((name, schema) ->
                        properties.put(
                                name,
                                node.reading()
                                        .schema(
                                                schema,
                                                Pointers.child(node.place("properties"), name))));
        int largest = node.reading().limits().properties();
        if (properties.size() > largest) {
            node.problem("properties", "an object may have " + largest + " properties");
        }
        Schema others = node.schema("additionalProperties");
        SequencedSet<String> required = required(node);
        for (String name : required) {
            Schema schema =
                    properties.computeIfAbsent(
                            name, n -> others == null ? Schema.ANYTHING : others);
            if (schema.equals(Schema.NOTHING)) {
                node.problem("required", "'" + name + "' is required, and no value fits it");
            }
        }
        boolean closed = others != null && others.equals(Schema.NOTHING);
        return new ObjectValue(
                properties,
                required,
                others == null ? Schema.ANYTHING : others,
                others == null,
                least(node, properties, required),
                most(node, properties, required, closed));
    }

    /** Only properties without names are counted. */
    private static int least(
            Node node, Map<String, Schema> properties, SequencedSet<String> required) {
        int least = node.count("minProperties");
        if (least > required.size() && (!properties.isEmpty() || least > Counts.LARGEST)) {
            node.checkedOnly("minProperties", "properties are not counted while they are written");
            return 0;
        }
        return properties.isEmpty() ? least : 0;
    }

    private static @Nullable Integer most(
            Node node,
            Map<String, Schema> properties,
            SequencedSet<String> required,
            boolean closed) {
        Integer most = node.limit("maxProperties");
        if (most == null) {
            return null;
        }
        if (most < Math.max(required.size(), node.count("minProperties"))) {
            node.problem("maxProperties", "it is less than the properties there must be");
        }
        if (properties.isEmpty() && most <= Counts.LARGEST) {
            return most;
        }
        if (most < properties.size() || !closed) {
            node.checkedOnly("maxProperties", "properties are not counted while they are written");
        }
        return null;
    }

    private static SequencedSet<String> required(Node node) {
        SequencedSet<String> required = new LinkedHashSet<>();
        for (Json name : node.list("required")) {
            if (name instanceof JsonString string) {
                required.add(string.value());
            } else {
                node.problem("required", "'required' must be a list of names");
            }
        }
        return required;
    }
}
