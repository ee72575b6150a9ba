package dev.tandem.clients;

import java.util.List;

/** A way to carry a call. */
enum Wire {
    GRPC("grpc", "gRPC"),
    GRPC_WEB("grpc-web", "gRPC-Web"),
    CONNECT("connect", "Connect"),
    REST("rest", "REST"),
    SSE("sse", "SSE"),
    NDJSON("ndjson", "NDJSON");

    private static final List<Wire> FOR_ONE_ANSWER = List.of(GRPC, GRPC_WEB, CONNECT, REST);
    private static final List<Wire> FOR_STREAMS = List.of(GRPC, GRPC_WEB, CONNECT, SSE, NDJSON);
    private static final List<String> STREAMS =
            List.of("/Stream", "/ExtractItems", "/ExtractPartial", "/Watch");

    private final String word;
    private final String title;

    Wire(String word, String title) {
        this.word = word;
        this.title = title;
    }

    /** As cases and runners have it. */
    String word() {
        return word;
    }

    /** For people. */
    String title() {
        return title;
    }

    static Wire of(String word) {
        return List.of(values()).stream()
                .filter(wire -> wire.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no wire " + word));
    }

    /** Those that a method has. */
    static List<Wire> of(Case each) {
        return STREAMS.stream().anyMatch(each.method()::endsWith) ? FOR_STREAMS : FOR_ONE_ANSWER;
    }
}
