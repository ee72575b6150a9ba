package dev.tandem.gateway.engine;

import dev.tandem.routing.FailureKind;
import dev.tandem.routing.Retries;
import dev.tandem.routing.RoutingSettings;
import dev.tandem.routing.TimeLimits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How the one model is asked that is served where the configuration names none. */
final class StoreModel {
    /** No engine of the configuration can have this name. */
    static final String ENGINE = "(store)";

    static final ModelConfig CONFIG =
            new ModelConfig(
                    List.of(),
                    List.of(new ModelConfig.RouteConfig(ENGINE, Optional.empty(), 1, 0)),
                    new RoutingSettings(
                            new Retries(0, Duration.ZERO, Duration.ZERO, Duration.ZERO),
                            FailureKind.usualFallback(),
                            TimeLimits.NONE));

    private StoreModel() {}
}
