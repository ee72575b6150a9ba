package dev.tandem.gateway.engine;

import dev.tandem.routing.RoutingSettings;
import java.util.List;
import java.util.Optional;

/**
 * One model as the configuration has it.
 *
 * @param aliases its other names
 * @param routes which engines answer
 * @param routing what is tried again, and how long all may take
 */
public record ModelConfig(List<String> aliases, List<RouteConfig> routes, RoutingSettings routing) {
    /**
     * One engine of a model.
     *
     * @param engine the configuration's name for it
     * @param model the engine's own name for the model; empty for the same name
     * @param weight its share
     * @param priority 0 is asked first
     */
    public record RouteConfig(String engine, Optional<String> model, int weight, int priority) {}

    public ModelConfig {
        aliases = List.copyOf(aliases);
        routes = List.copyOf(routes);
    }
}
