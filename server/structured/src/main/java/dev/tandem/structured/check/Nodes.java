package dev.tandem.structured.check;

import dev.tandem.structured.json.Json;
import dev.tandem.structured.json.Json.JsonArray;
import dev.tandem.structured.json.Json.JsonBoolean;
import dev.tandem.structured.json.Json.JsonNull;
import dev.tandem.structured.json.Json.JsonNumber;
import dev.tandem.structured.json.Json.JsonObject;
import dev.tandem.structured.json.Json.JsonString;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values as the validator's tree, numbers exact. */
final class Nodes {
    private static final JsonNodeFactory FACTORY = JsonNodeFactory.instance;

    private Nodes() {}

    static JsonNode of(Json json) {
        return switch (json) {
            case JsonObject object -> {
                ObjectNode node = FACTORY.objectNode();
                object.members().forEach((name, value) -> node.set(name, of(value)));
                yield node;
            }
            case JsonArray array -> {
                ArrayNode node = FACTORY.arrayNode();
                array.items().forEach(item -> node.add(of(item)));
                yield node;
            }
            case JsonString string -> FACTORY.stringNode(string.value());
            case JsonNumber number ->
                    number.isInteger()
                            ? FACTORY.numberNode(number.value().toBigIntegerExact())
                            : FACTORY.numberNode(number.value());
            case JsonBoolean bool -> FACTORY.booleanNode(bool.value());
            case JsonNull ignored -> FACTORY.nullNode();
        };
    }
}
