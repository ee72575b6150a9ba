package dev.tandem.transcoding.openapi;

/** Headers of answers. */
final class Headers {
    static final String REQUEST_ID = "x-request-id";
    static final String RETRY_AFTER = "retry-after";

    private Headers() {}

    static Node ref(String name) {
        return Node.of("$ref", "#/components/headers/" + name);
    }

    /** All of them, for the components. */
    static Node components() {
        return new Node()
                .put(
                        REQUEST_ID,
                        header(
                                "The request's id: the caller's own or one of the server's.",
                                Node.of("type", "string")))
                .put(
                        RETRY_AFTER,
                        header(
                                "After how many seconds to try again.",
                                Node.of("type", "integer").put("minimum", 0)));
    }

    private static Node header(String description, Node schema) {
        return Node.of("description", description).put("schema", schema);
    }
}
