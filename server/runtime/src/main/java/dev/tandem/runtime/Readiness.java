package dev.tandem.runtime;

import java.util.function.BooleanSupplier;

/** Whether the server wants calls: what the services say, until the server drains. */
final class Readiness implements BooleanSupplier {
    private final BooleanSupplier services;
    private volatile boolean draining;

    Readiness(BooleanSupplier services) {
        this.services = services;
    }

    @Override
    public boolean getAsBoolean() {
        return !draining && services.getAsBoolean();
    }

    /** Does it drain? */
    boolean draining() {
        return draining;
    }

    /** From now on it wants none. */
    void drain() {
        draining = true;
    }
}
