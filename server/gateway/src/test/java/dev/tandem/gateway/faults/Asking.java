package dev.tandem.gateway.faults;

import dev.tandem.testing.Wire;

/** The ways to ask, of which docs/faults.md tells. */
enum Asking {
    GRPC(Wire.GRPC, false),
    GRPC_STREAM(Wire.GRPC, true),
    REST(Wire.REST, false),
    SSE(Wire.SSE, true),
    SSE_H2(Wire.SSE_H2, true),
    NDJSON(Wire.NDJSON, true);

    private final Wire wire;
    private final boolean streams;

    Asking(Wire wire, boolean streams) {
        this.wire = wire;
        this.streams = streams;
    }

    Wire wire() {
        return wire;
    }

    boolean streams() {
        return streams;
    }

    /** Is a failure within an answer that has begun told by its last message? Else by a status. */
    boolean tellsWithin() {
        return streams && wire != Wire.GRPC;
    }
}
