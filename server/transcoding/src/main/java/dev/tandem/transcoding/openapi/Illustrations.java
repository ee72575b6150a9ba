package dev.tandem.transcoding.openapi;

import dev.tandem.transcoding.route.Route;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Adds examples and code samples to finished operations. */
final class Illustrations {
    private final Examples examples;
    private final CodeSamples samples;
    private final DeclaredExamples declared = new DeclaredExamples();

    Illustrations(Examples examples, CodeSamples samples) {
        this.examples = examples;
        this.samples = samples;
    }

    /**
     * The operation with examples of its bodies and parameters.
     *
     * @param request the schema of the whole request in protobuf's JSON mapping
     */
    Node illustrated(
            JsonObject operation, Route route, String path, String verb, JsonObject request) {
        Node node = Node.from(operation);
        String target = path;
        if (operation.get("parameters") instanceof JsonArray parameters) {
            List<Node> shown = parameters(parameters, route);
            node.putNodes("parameters", shown);
            target = target(path, shown);
        }
        Optional<JsonValue> body = Optional.empty();
        if (operation.get("requestBody") instanceof JsonObject given) {
            JsonObject shown = withExamples(given);
            body =
                    Optional.ofNullable(
                            shown.getJsonObject("content")
                                    .getJsonObject("application/json")
                                    .get("example"));
            node.put("requestBody", shown);
        }
        JsonObject answers = operation.getJsonObject("responses");
        node.put(
                "responses",
                Node.from(answers).put("200", withExamples(answers.getJsonObject("200"))));
        JsonValue message = examples.of(request).orElse(JsonValue.EMPTY_JSON_OBJECT);
        return node.putNodes("x-codeSamples", samples.of(route, verb, target, body, message));
    }

    /** Those that must be there, with values. */
    private List<Node> parameters(JsonArray parameters, Route route) {
        Optional<JsonValue> request = declared.of(route.request(), Direction.READ, false);
        List<Node> shown = new ArrayList<>();
        for (JsonValue each : parameters) {
            JsonObject parameter = each.asJsonObject();
            Node with = Node.from(parameter);
            if (parameter.getBoolean("required", false)) {
                request.flatMap(message -> at(message, parameter.getString("name")))
                        .or(() -> examples.of(parameter.getJsonObject("schema")))
                        .ifPresent(example -> with.put("example", example));
            }
            shown.add(with);
        }
        return shown;
    }

    /** What a message has at a field's path. */
    private static Optional<JsonValue> at(JsonValue message, String path) {
        @Nullable JsonValue at = message;
        for (String name : path.split("\\.", -1)) {
            at = at instanceof JsonObject object ? object.get(name) : null;
        }
        return Optional.ofNullable(at);
    }

    private static String target(String path, List<Node> parameters) {
        String target = path;
        StringBuilder query = new StringBuilder();
        for (Node parameter : parameters) {
            JsonValue example = parameter.get("example");
            if (example != null && parameter.get("name") instanceof JsonString name) {
                String key = name.getString();
                if (parameter.json().getString("in").equals("path")) {
                    target = target.replace("{" + key + "}", text(example));
                } else {
                    query.append(query.isEmpty() ? '?' : '&').append(key).append('=');
                    query.append(text(example));
                }
            }
        }
        return target + query;
    }

    /** A body with an example for each media type that has a schema. */
    private JsonObject withExamples(JsonObject body) {
        if (!(body.get("content") instanceof JsonObject content)) {
            return body;
        }
        Node shown = new Node();
        content.forEach((mediaType, each) -> {
            Node with = Node.from(each.asJsonObject());
            if (each.asJsonObject().get("schema") instanceof JsonObject schema) {
                examples.of(schema).ifPresent(example -> with.put("example", example));
            }
            shown.put(mediaType, with);
        });
        return Node.from(body).put("content", shown).json();
    }

    private static String text(JsonValue value) {
        String text = value instanceof JsonString string ? string.getString() : value.toString();
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
