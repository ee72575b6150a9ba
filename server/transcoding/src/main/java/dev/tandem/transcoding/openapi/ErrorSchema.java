package dev.tandem.transcoding.openapi;

import jakarta.json.JsonObject;
import java.util.List;

/** The one form of an error. */
final class ErrorSchema {
    /** Its name among the components. */
    static final String NAME = "Error";

    private ErrorSchema() {}

    static JsonObject schema(List<String> types) {
        Node violation =
                Node.of("type", "object")
                        .put(
                                "properties",
                                new Node()
                                        .put(
                                                "field",
                                                text("The field's path; empty for the whole."))
                                        .put("rule", text("The rule's id."))
                                        .put("message", text("What is wrong, for people.")))
                        .putStrings("required", List.of("field", "rule", "message"));
        Node error =
                Node.of("type", "object")
                        .put(
                                "properties",
                                new Node()
                                        .put("message", text("What is wrong, for people."))
                                        .put(
                                                "type",
                                                text("What kind of error it is.")
                                                        .putStrings("enum", types))
                                        .put("param", orNull("The field at fault, if it is one."))
                                        .put("code", orNull("The error's name, for programs."))
                                        .put(
                                                "details",
                                                Node.of("type", "array")
                                                        .put(
                                                                "description",
                                                                "Every rule that is broken; empty"
                                                                        + " for other errors.")
                                                        .put("items", violation))
                                        .put(
                                                "request_id",
                                                text("The request's id in the server's log."))
                                        .put(
                                                "retry_after",
                                                Node.of(
                                                                "description",
                                                                "Seconds after which trying"
                                                                        + " again makes sense;"
                                                                        + " absent where it is"
                                                                        + " not known.")
                                                        .put("type", "integer")))
                        .putStrings(
                                "required",
                                List.of(
                                        "message",
                                        "type",
                                        "param",
                                        "code",
                                        "details",
                                        "request_id"));
        return Node.of("description", "An error, whatever answers it.")
                .put("type", "object")
                .put("properties", new Node().put("error", error))
                .putStrings("required", List.of("error"))
                .json();
    }

    private static Node text(String description) {
        return Node.of("description", description).put("type", "string");
    }

    private static Node orNull(String description) {
        return Nulls.allowed(text(description));
    }
}
