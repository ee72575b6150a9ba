package dev.tandem.runtime;

import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.hosting.Health;
import dev.tandem.runtime.observe.Observability;
import dev.tandem.runtime.policy.TimeLimits;
import dev.tandem.runtime.wire.port.Wires;
import dev.tandem.runtime.wire.rest.RestWire;

/** What stands behind a running server's port. */
record Parts(
        Calls calls,
        RestWire rest,
        Wires wires,
        Health health,
        Readiness readiness,
        TimeLimits clock,
        Access access,
        Observability seen,
        Resources resources)
        implements AutoCloseable {
    /** Stops the clocks and closes all that was given. To be called when no call runs any more. */
    @Override
    public void close() {
        stop();
        resources.close();
        access.close();
        seen.close();
    }

    /** Stops what the server made for itself; what it was given goes on. */
    void stop() {
        clock.close();
        rest.close();
        wires.close();
        calls.close();
    }
}
