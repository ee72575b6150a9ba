package dev.tandem.bench.wire;

import java.util.Map;

/** What each stream of the load asks for. */
public interface Load {
    /** The ways to ask. */
    enum Wire {
        /** gRPC. */
        GRPC,
        /** JSON and events over HTTP/1.1. */
        EVENTS,
        /** Events over HTTP/2. */
        EVENTS_HTTP2
    }

    /** How. */
    Wire wire();

    /** How many tokens; 0 for one plain answer to one request. */
    int tokens();

    /** Are there many messages? */
    default boolean streams() {
        return tokens() > 0;
    }

    /** The request's path. */
    String path();

    /** Headers beside those of the wire, by names in lower case. */
    default Map<String, String> headers() {
        return Map.of();
    }

    /** The request's body: a message with its prefix, or JSON. */
    byte[] body();

    /** What checks one answer, which is asked for now. */
    Body answer(Tally tally);
}
