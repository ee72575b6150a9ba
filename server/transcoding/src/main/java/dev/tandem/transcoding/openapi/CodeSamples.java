package dev.tandem.transcoding.openapi;

import dev.tandem.transcoding.route.Route;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How an operation is called by hand: curl, grpcurl, Python. */
final class CodeSamples {
    private final String origin;

    /**
     * @param origin of the server: {@code http://127.0.0.1:8080}
     */
    CodeSamples(String origin) {
        this.origin = origin;
    }

    /**
     * The samples of a method.
     *
     * @param path with values for its parameters, and the query
     * @param body empty where there is none
     * @param message the whole request in protobuf's JSON mapping; empty where none is known
     */
    List<Node> of(
            Route route, String verb, String path, Optional<JsonValue> body, JsonValue message) {
        List<Node> samples = new ArrayList<>();
        boolean streams = route.unary() == null;
        samples.add(sample("Shell", "curl", curl(verb, path, body, streams)));
        samples.add(sample("Shell", "grpcurl", grpcurl(route, message)));
        samples.add(sample("Python", "Python", python(verb, path, body, streams)));
        return samples;
    }

    private static Node sample(String lang, String label, String source) {
        return Node.of("lang", lang).put("label", label).put("source", source);
    }

    private String curl(String verb, String path, Optional<JsonValue> body, boolean streams) {
        StringBuilder text = new StringBuilder("curl ");
        if (streams) {
            text.append("-N ");
        }
        if (!verb.equals(body.isPresent() ? "POST" : "GET")) {
            text.append("-X ").append(verb).append(' ');
        }
        text.append(shell(origin + path));
        body.ifPresent(json ->
                text.append(" \\\n  -H 'content-type: application/json' \\\n  -d ")
                        .append(shell(json.toString())));
        return text.toString();
    }

    private String grpcurl(Route route, JsonValue message) {
        var method = route.first();
        String address = origin.replaceFirst("^https?://", "");
        String plain = origin.startsWith("https:") ? "" : "-plaintext ";
        return "grpcurl "
                + plain
                + "-d "
                + shell(message.toString())
                + " \\\n  "
                + address
                + " "
                + method.getService().getFullName()
                + "/"
                + method.getName();
    }

    private String python(String verb, String path, Optional<JsonValue> body, boolean streams) {
        StringBuilder text = new StringBuilder("import requests\n\nanswer = requests.request(\n");
        text.append("    \"").append(verb).append("\",\n");
        text.append("    ").append(python(Node.JSON.createValue(origin + path))).append(",\n");
        body.ifPresent(json -> text.append("    json=").append(python(json)).append(",\n"));
        if (streams) {
            text.append("    stream=True,\n");
        }
        text.append(")\nanswer.raise_for_status()\n");
        text.append(
                streams
                        ? "for line in answer.iter_lines(decode_unicode=True):\n    print(line)"
                        : "print(answer.json())");
        return text.toString();
    }

    private static String shell(String text) {
        return text.matches("[A-Za-z0-9:/._-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** As a literal of Python, whose strings take JSON's escapes but one. */
    private static String python(JsonValue value) {
        return switch (value) {
            case JsonObject object ->
                    object.entrySet().stream()
                            .map(each ->
                                    python(Node.JSON.createValue(each.getKey()))
                                            + ": "
                                            + python(each.getValue()))
                            .collect(Collectors.joining(", ", "{", "}"));
            case JsonArray array ->
                    array.stream()
                            .map(CodeSamples::python)
                            .collect(Collectors.joining(", ", "[", "]"));
            case JsonString text -> text.toString().replace("\\/", "/");
            default ->
                    switch (value.toString()) {
                        case "true", "false" ->
                                value.toString().substring(0, 1).toUpperCase(Locale.ROOT)
                                        + value.toString().substring(1);
                        case "null" -> "None";
                        default -> value.toString();
                    };
        };
    }
}
