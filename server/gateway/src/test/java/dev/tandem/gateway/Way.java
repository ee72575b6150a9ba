package dev.tandem.gateway;

import dev.tandem.testing.Wire;

/** The ways to ask for a chat answer: a wire, and whether the answer comes whole or in pieces. */
enum Way {
    GRPC_WHOLE(Wire.GRPC, false),
    GRPC_STREAM(Wire.GRPC, true),
    REST(Wire.REST, false),
    REST_H2(Wire.REST_H2, false),
    SSE(Wire.SSE, true),
    SSE_H2(Wire.SSE_H2, true),
    NDJSON(Wire.NDJSON, true),
    NDJSON_H2(Wire.NDJSON_H2, true);

    private final Wire wire;
    private final boolean streams;

    Way(Wire wire, boolean streams) {
        this.wire = wire;
        this.streams = streams;
    }

    Wire wire() {
        return wire;
    }

    boolean streams() {
        return streams;
    }
}
