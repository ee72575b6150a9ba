package dev.tandem.routing;

import dev.tandem.engines.Engine;

/**
 * One engine that answers for a model.
 *
 * @param upstream the engine
 * @param model the engine's own name for the model
 * @param weight its share among the routes of its priority; 0: only after those that have one
 * @param priority those with a smaller one are asked first; 0 is the first
 */
public record Route(Upstream upstream, String model, int weight, int priority) {
    public Route {
        if (weight < 0 || priority < 0) {
            throw new IllegalArgumentException("weight and priority are at least 0");
        }
    }

    /** The only route, or one of equals. */
    public static Route to(Upstream upstream, String model) {
        return new Route(upstream, model, 1, 0);
    }

    Engine engine() {
        return upstream.engine();
    }
}
