package dev.tandem.remote;

import dev.tandem.testing.ScriptedEngine;

/** An engine of this server whose work another server does. */
record Connected(OtherTandem other, TandemConnection connection, TandemEngine engine)
        implements AutoCloseable {

    /** Waits until the engine is ready. */
    static Connected to(ScriptedEngine scripted) {
        OtherTandem other = OtherTandem.with(scripted);
        TandemConnection connection = TandemConnection.open(other.settings());
        return new Connected(
                other, connection, OtherTandem.awaitReady(new TandemEngine(connection, "own")));
    }

    @Override
    public void close() {
        engine.close();
        connection.close();
        other.close();
    }
}
