package dev.tandem.gateway.cli;

import dev.tandem.engines.Engine;
import dev.tandem.gateway.config.Settings;
import dev.tandem.runtime.Server;

/** Puts a server in front of an engine. */
@FunctionalInterface
public interface Front {
    /**
     * Listens at once, whether the engine is ready or not.
     *
     * @param model the name of the engine's model, besides {@code default}
     * @return the server; closing it drains it and leaves the engine alone
     */
    Server open(Settings settings, String model, Engine engine);
}
