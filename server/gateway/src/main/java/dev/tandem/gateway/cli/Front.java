package dev.tandem.gateway.cli;

import dev.tandem.gateway.config.live.LiveSettings;
import dev.tandem.gateway.engine.Fleet;
import dev.tandem.runtime.Server;

/** Puts a server in front of models. */
@FunctionalInterface
public interface Front {
    /**
     * Listens at once, whether the models of the fleet are ready or not.
     *
     * @return the server; closing it drains it and leaves the fleet alone
     */
    Server open(LiveSettings settings, Fleet fleet);
}
