package dev.tandem.gateway.engine;

import dev.tandem.gateway.model.Models;
import dev.tandem.gateway.model.ServedModel;
import dev.tandem.routing.Route;
import dev.tandem.routing.RoutedEngine;
import dev.tandem.routing.Timing;
import dev.tandem.routing.Upstream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The engines that are open, and the models made of them. A change keeps the engines whose settings
 * stay, with their connections and loaded models; those that leave are closed after their last
 * running call. Changed by one thread at a time.
 */
public final class Fleet implements AutoCloseable {
    /** For calls that have found their model and not yet asked it, when it leaves. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private record Held(EngineConfig<?> config, Upstream upstream) {}

    private final Workshop workshop;
    private final Timing timing;
    private final RandomGenerator random;
    private final List<ServedModel> always;
    private final Models models = new Models(List.of(), Map.of());
    private volatile Map<String, Held> held = Map.of();

    /**
     * Empty at first.
     *
     * @param random chooses among engines; for all threads
     * @param always models that are part of the program; those of the configuration hide them
     */
    public Fleet(
            Workshop workshop, Timing timing, RandomGenerator random, List<ServedModel> always) {
        this.workshop = workshop;
        this.timing = timing;
        this.random = random;
        this.always = List.copyOf(always);
    }

    /** The models, which change as the fleet does. */
    public Models models() {
        return models;
    }

    /** The engines that are open, in the order of the configuration. */
    public List<Upstream> upstreams() {
        return held.values().stream().map(Held::upstream).toList();
    }

    /** A change that is ready to be taken. */
    public final class Change {
        private final Map<String, Held> next;
        private final List<Upstream> fresh;
        private final List<Opened.Loading> loadings;
        private final List<ServedModel> served;
        private final Map<String, String> aliases;

        private Change(
                Map<String, Held> next,
                List<Upstream> fresh,
                List<Opened.Loading> loadings,
                List<ServedModel> served,
                Map<String, String> aliases) {
            this.next = next;
            this.fresh = fresh;
            this.loadings = loadings;
            this.served = served;
            this.aliases = aliases;
        }

        /** What must be done before all new engines can answer, in order; may take minutes. */
        public List<Opened.Loading> loadings() {
            return List.copyOf(loadings);
        }

        /** From now on; quick. */
        public void take() {
            Map<String, Held> before = held;
            held = next;
            models.replace(served, aliases);
            Set<Upstream> kept = new LinkedHashSet<>(upstreams());
            for (Held one : before.values()) {
                if (!kept.contains(one.upstream())) {
                    Timing.Alarm _ = timing.after(GRACE, one.upstream()::retire);
                }
            }
        }

        /** Never; what it opened is closed. */
        public void abandon() {
            fresh.forEach(Upstream::end);
        }
    }

    /**
     * Makes ready for this configuration, which has passed {@link RoutesCheck}. Where it names no
     * model, that of {@code store.model} is served, or the default model.
     *
     * @throws UnusableEngineException where an engine cannot be opened; then all stays as it is
     */
    public Change prepare(Map<String, EngineConfig<?>> engines, Map<String, ModelConfig> configured)
            throws UnusableEngineException {
        return configured.isEmpty()
                ? change(
                        Map.of(StoreModel.ENGINE, Kinds.LLAMA.ofStore()),
                        Map.of(workshop.store().modelName(), StoreModel.CONFIG))
                : change(engines, configured);
    }

    private Change change(Map<String, EngineConfig<?>> engines, Map<String, ModelConfig> configured)
            throws UnusableEngineException {
        Map<String, Held> next = new LinkedHashMap<>();
        List<Upstream> fresh = new ArrayList<>();
        List<Opened.Loading> loadings = new ArrayList<>();
        boolean whole = false;
        try {
            for (String name : used(configured)) {
                EngineConfig<?> config = engines.get(name);
                if (config == null) {
                    throw new IllegalArgumentException("there is no engine " + name);
                }
                Held before = held.get(name);
                if (before != null && before.config().equals(config)) {
                    next.put(name, before);
                } else {
                    Opened opened = config.open(name, workshop);
                    Upstream upstream = upstream(name, config, opened);
                    fresh.add(upstream);
                    loadings.add(opened.loading());
                    next.put(name, new Held(config, upstream));
                }
            }
            whole = true;
        } finally {
            if (!whole) {
                fresh.forEach(Upstream::end);
            }
        }
        return new Change(next, fresh, loadings, served(configured, next), aliases(configured));
    }

    private static Set<String> used(Map<String, ModelConfig> configured) {
        Set<String> names = new LinkedHashSet<>();
        configured
                .values()
                .forEach(model -> model.routes().forEach(route -> names.add(route.engine())));
        return names;
    }

    private Upstream upstream(String name, EngineConfig<?> config, Opened opened) {
        return new Upstream(
                name,
                opened.engine(),
                opened.release(),
                config.capacity(),
                config.circuit(),
                timing);
    }

    private List<ServedModel> served(Map<String, ModelConfig> configured, Map<String, Held> next) {
        Map<String, Instant> created = new HashMap<>();
        models.all().forEach(model -> created.put(model.name(), model.created()));
        List<ServedModel> served = new ArrayList<>();
        configured.forEach((name, model) -> {
            List<Route> routes =
                    model.routes().stream().map(route -> route(name, route, next)).toList();
            served.add(
                    new ServedModel(
                            name,
                            new RoutedEngine(name, routes, model.routing(), timing, random),
                            routes.getFirst().model(),
                            created.getOrDefault(name, Instant.now())));
        });
        Map<String, String> aliases = aliases(configured);
        always.stream()
                .filter(model -> !configured.containsKey(model.name()))
                .filter(model -> !aliases.containsKey(model.name()))
                .forEach(served::add);
        return served;
    }

    private static Route route(
            String model, ModelConfig.RouteConfig route, Map<String, Held> next) {
        Held engine = next.get(route.engine());
        if (engine == null) {
            throw new IllegalArgumentException("there is no engine " + route.engine());
        }
        return new Route(
                engine.upstream(), route.model().orElse(model), route.weight(), route.priority());
    }

    private static Map<String, String> aliases(Map<String, ModelConfig> configured) {
        Map<String, String> aliases = new HashMap<>();
        configured.forEach(
                (name, model) -> model.aliases().forEach(alias -> aliases.put(alias, name)));
        return aliases;
    }

    /** Closes every engine, those of the program too, whoever uses them. */
    @Override
    public void close() {
        models.close();
        upstreams().forEach(Upstream::end);
    }
}
