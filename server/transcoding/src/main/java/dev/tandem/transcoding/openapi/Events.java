package dev.tandem.transcoding.openapi;

import java.util.List;

/** Server-sent events, as OpenAPI 3.2 describes them: an object of an event's fields. */
final class Events {
    private Events() {}

    /**
     * An event of a stream.
     *
     * @param message the schema of the stream's messages
     * @param done the data of the last event; empty for none
     */
    static Node item(Node message, String done) {
        Node json =
                Node.of("contentMediaType", "application/json")
                        .put(
                                "contentSchema",
                                new Node()
                                        .putNodes(
                                                "anyOf",
                                                List.of(message, Node.ref(ErrorSchema.NAME))));
        Node data = Node.of("type", "string");
        if (done.isEmpty()) {
            data.putAll(json);
        } else {
            data.putNodes(
                    "oneOf",
                    List.of(
                            json.put("not", Node.of("const", done)),
                            Node.of("const", done)
                                    .put("description", "The end of a stream without error.")));
        }
        return Node.of("type", "object")
                .put("properties", new Node().put("data", data))
                .putStrings("required", List.of("data"));
    }
}
