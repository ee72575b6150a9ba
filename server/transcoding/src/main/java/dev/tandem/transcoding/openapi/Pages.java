package dev.tandem.transcoding.openapi;

import java.util.List;

/** The operations of pages. */
final class Pages {
    static final String TAG = "Server";

    private Pages() {}

    static Node tag() {
        return Node.of("name", TAG).put("description", "The server itself: probes and documents.");
    }

    static Node operation(Page page, Failures failures, Security security) {
        Node operation = Node.of("operationId", page.operationId());
        operation.putStrings("tags", List.of(TAG));
        operation.put("summary", page.summary());
        operation.putText("description", page.description());
        if (!page.parameters().isEmpty()) {
            operation.putValues("parameters", page.parameters());
        }
        security.addTo(operation, page);
        Node answers = new Node();
        page.answers().forEach(each -> answers.put(String.valueOf(each.status()), answer(each)));
        failures.of(page)
                .forEach((status, answer) -> {
                    if (!answers.has(status)) {
                        answers.put(status, answer);
                    }
                });
        return operation.put("responses", answers);
    }

    private static Node answer(Page.Answer answer) {
        Node node =
                Node.of("description", answer.description())
                        .put(
                                "headers",
                                new Node()
                                        .put(Headers.REQUEST_ID, Headers.ref(Headers.REQUEST_ID)));
        Node content = new Node();
        for (String mediaType : answer.mediaTypes()) {
            Node body = new Node();
            if (!answer.schema().isEmpty()) {
                body.put("schema", answer.schema());
            }
            content.put(mediaType, body);
        }
        if (!content.isEmpty()) {
            node.put("content", content);
        }
        return node;
    }
}
