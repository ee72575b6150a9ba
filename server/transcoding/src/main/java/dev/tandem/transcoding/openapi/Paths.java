package dev.tandem.transcoding.openapi;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The document's paths. */
final class Paths {
    private static final Set<String> USUAL =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    private final Map<String, Map<String, Node>> items = new LinkedHashMap<>();
    private final Map<String, OpenPath> byShape = new HashMap<>();
    private final Version version;

    Paths(Version version) {
        this.version = version;
    }

    /** The path, or one of the same shape that is there already. */
    OpenPath open(OpenPath path) {
        OpenPath first = byShape.putIfAbsent(path.shape(), path);
        return first == null ? path : path.renamedAs(first);
    }

    /**
     * Adds an operation; where another has its place, behind a mark that tells them apart.
     *
     * @param verb the HTTP method, upper case
     */
    void add(String path, String verb, Node operation) {
        Map<String, Node> item = item(path);
        if (item.containsKey(verb) && operation.get("operationId") instanceof JsonString id) {
            item = item(path + "#" + id.getString());
        }
        item.put(verb, operation);
    }

    private Map<String, Node> item(String path) {
        return items.computeIfAbsent(path, _ -> new LinkedHashMap<>());
    }

    /** Something done to an operation. */
    interface Step {
        Node apply(String path, String verb, JsonObject operation);
    }

    /** All paths, after a last step for each operation. */
    JsonObject json(Step last) {
        Node all = new Node();
        items.forEach((path, operations) -> {
            Node item = new Node();
            operations.forEach(
                    (verb, operation) -> put(item, verb, last.apply(path, verb, operation.json())));
            all.put(path, item);
        });
        return all.json();
    }

    /** OpenAPI 3.1 has no place for methods other than the usual ones. */
    private void put(Node item, String verb, Node operation) {
        String key = verb.toLowerCase(Locale.ROOT);
        if (USUAL.contains(key) || (version == Version.V3_2 && key.equals("query"))) {
            item.put(key, operation);
            return;
        }
        String others = version == Version.V3_2 ? "additionalOperations" : "x-additionalOperations";
        JsonValue there = item.get(others);
        Node all = there instanceof JsonObject object ? Node.from(object) : new Node();
        item.put(others, all.put(verb, operation));
    }
}
