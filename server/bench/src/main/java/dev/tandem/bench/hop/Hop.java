package dev.tandem.bench.hop;

import dev.tandem.bench.wire.Load;

/** The ways to the upstream's answers. */
enum Hop {
    /** No gateway: the upstream itself. */
    DIRECT("direct"),
    /** Envoy, which passes bytes on. */
    ENVOY("Envoy, only passing on"),
    /** This gateway, asked over REST. */
    TANDEM("Tandem, REST in"),
    /** The same process, asked over gRPC. */
    TANDEM_GRPC("Tandem, gRPC in"),
    /** FastAPI with httpx, one worker. */
    FASTAPI("FastAPI + httpx");

    private final String title;

    Hop(String title) {
        this.title = title;
    }

    /** Its name for people. */
    String title() {
        return title;
    }

    /** Does it become faster while it runs? */
    boolean compiles() {
        return this == TANDEM || this == TANDEM_GRPC || this == DIRECT;
    }

    /** How it is asked. */
    Load.Wire wire() {
        return this == TANDEM_GRPC ? Load.Wire.GRPC : Load.Wire.EVENTS;
    }
}
