package dev.tandem.clients;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A call and what must come of it, as README.md has it.
 *
 * @param file the name of its file, without ending
 */
record Case(String file, JsonObject json) {
    private static final Set<String> KEYS =
            Set.of(
                    "name",
                    "method",
                    "request",
                    "expect",
                    "headers",
                    "server",
                    "key",
                    "timeout_ms",
                    "cancel_after",
                    "wires");

    Case {
        for (String key : json.keySet()) {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException(file + ": a case has no \"" + key + "\"");
            }
        }
    }

    String name() {
        return json.getString("name");
    }

    String method() {
        return json.getString("method");
    }

    /** Does it call the server that asks for a key? */
    boolean needsKeys() {
        return json.getString("server", "open").equals("keys");
    }

    /** The name of the key that the client is made with, or an empty text. */
    String key() {
        return json.getString("key", "");
    }

    List<Wire> wires() {
        return json.containsKey("wires")
                ? json.getJsonArray("wires").getValuesAs(JsonString.class).stream()
                        .map(JsonString::getString)
                        .map(Wire::of)
                        .toList()
                : Wire.of(this);
    }

    /** What is expected, complete. */
    JsonObject expected() {
        JsonObject expect = Repeats.expanded(json.getJsonObject("expect")).asJsonObject();
        return Json.createObjectBuilder()
                .add("messages", expect.getOrDefault("messages", JsonValue.EMPTY_JSON_ARRAY))
                .add(
                        "error",
                        expect.containsKey("error")
                                ? completed(expect.getJsonObject("error"))
                                : JsonValue.NULL)
                .build();
    }

    private static JsonObject completed(JsonObject error) {
        return Json.createObjectBuilder()
                .add("param", "")
                .add("violations", JsonValue.EMPTY_JSON_ARRAY)
                .addNull("retry_after_ms")
                .add("request_id", Comparison.ANYTHING_OR_NOTHING)
                .addAll(Json.createObjectBuilder(error))
                .build();
    }

    /**
     * The line for a runner.
     *
     * @param keys puts keys in place of their names into a header's text
     */
    String line(String id, Wire wire, UnaryOperator<String> keys) {
        JsonObjectBuilder headers = Json.createObjectBuilder();
        json.getOrDefault("headers", JsonValue.EMPTY_JSON_OBJECT)
                .asJsonObject()
                .forEach((name, value) ->
                        headers.add(name, keys.apply(((JsonString) value).getString())));
        JsonObjectBuilder line =
                Json.createObjectBuilder()
                        .add("id", id)
                        .add("wire", wire.word())
                        .add("method", method())
                        .add("request", Repeats.expanded(json.getJsonObject("request")))
                        .add("headers", headers);
        for (String key : List.of("timeout_ms", "cancel_after")) {
            if (json.containsKey(key)) {
                line.add(key, json.get(key));
            }
        }
        return line.build().toString();
    }

    @Override
    public String toString() {
        return file + ": " + name();
    }
}
