package dev.tandem.transcoding.openapi;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object while it is put together; keys keep their order. */
final class Node {
    /** Looked up once: the factories of {@code jakarta.json.Json} look it up at every call. */
    static final JsonProvider JSON = JsonProvider.provider();

    private final Map<String, JsonValue> entries = new LinkedHashMap<>();

    static Node of(String key, String value) {
        return new Node().put(key, value);
    }

    /** A reference to a schema of the document's components. */
    static Node ref(String component) {
        return of("$ref", "#/components/schemas/" + component);
    }

    static Node from(JsonObject object) {
        Node node = new Node();
        node.entries.putAll(object);
        return node;
    }

    Node put(String key, JsonValue value) {
        entries.put(key, value);
        return this;
    }

    Node put(String key, Node value) {
        return put(key, value.json());
    }

    Node put(String key, String value) {
        return put(key, JSON.createValue(value));
    }

    Node put(String key, long value) {
        return put(key, JSON.createValue(value));
    }

    Node put(String key, BigDecimal value) {
        return put(
                key,
                value.scale() <= 0
                        ? JSON.createValue(value.toBigIntegerExact())
                        : JSON.createValue(value));
    }

    Node put(String key, boolean value) {
        return put(key, value ? JsonValue.TRUE : JsonValue.FALSE);
    }

    Node putStrings(String key, Collection<String> values) {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        values.forEach(array::add);
        return put(key, array.build());
    }

    Node putNodes(String key, Collection<Node> values) {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        values.forEach(value -> array.add(value.json()));
        return put(key, array.build());
    }

    Node putValues(String key, Collection<? extends JsonValue> values) {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        values.forEach(array::add);
        return put(key, array.build());
    }

    /** Puts a text that is not empty. */
    Node putText(String key, String text) {
        return text.isEmpty() ? this : put(key, text);
    }

    Node putAll(Node other) {
        entries.putAll(other.entries);
        return this;
    }

    boolean has(String key) {
        return entries.containsKey(key);
    }

    @Nullable JsonValue get(String key) {
        return entries.get(key);
    }

    @Nullable JsonValue remove(String key) {
        return entries.remove(key);
    }

    int size() {
        return entries.size();
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    JsonObject json() {
        JsonObjectBuilder builder = JSON.createObjectBuilder();
        entries.forEach(builder::add);
        return builder.build();
    }
}
