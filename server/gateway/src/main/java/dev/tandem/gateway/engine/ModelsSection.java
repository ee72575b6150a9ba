package dev.tandem.gateway.engine;

import dev.tandem.gateway.config.key.Key;
import dev.tandem.gateway.config.key.Section;
import dev.tandem.gateway.config.key.Shape;
import dev.tandem.gateway.config.key.Type;
import dev.tandem.gateway.config.key.Types;
import dev.tandem.gateway.config.key.Values;
import dev.tandem.routing.FailureKind;
import dev.tandem.routing.Retries;
import dev.tandem.routing.RoutingSettings;
import dev.tandem.routing.TimeLimits;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The models that requests can name, and which engines answer for each. */
public final class ModelsSection {
    private static final Duration DAY = Duration.ofHours(24);
    private static final Type<String> NAME = Types.text("a name", "\\S{1,200}");
    private static final Retries USUAL = Retries.DEFAULT;

    private static final Key<String> ENGINE =
            Key.of("engine", Types.text("the name of an engine", "\\S{1,64}"), "Which engine.")
                    .mustBeSet();
    private static final Key<String> OWN_NAME =
            Key.of("model", NAME, "The engine's own name for the model.")
                    .otherwise("the model's name here");
    private static final Key<Integer> WEIGHT =
            Key.of(
                            "weight",
                            Types.integer(0, 10_000),
                            "Its share of the calls among the routes of its priority.")
                    .fallback(1);
    private static final Key<Integer> PRIORITY =
            Key.of(
                            "priority",
                            Types.integer(0, 1000),
                            "Routes with a larger one are asked when those before have failed.")
                    .fallback(0);

    private static final Key<List<ModelConfig.RouteConfig>> ROUTES =
            Key.of(
                            "routes",
                            Types.list(
                                    Shape.of(
                                            in ->
                                                    new ModelConfig.RouteConfig(
                                                            in.get(ENGINE),
                                                            in.find(OWN_NAME),
                                                            in.get(WEIGHT),
                                                            in.get(PRIORITY)),
                                            ENGINE,
                                            OWN_NAME,
                                            WEIGHT,
                                            PRIORITY)),
                            "Which engines answer.")
                    .mustBeSet();

    private static final Key<Integer> MOST =
            Key.of("most", Types.integer(0, 10), "How often the same engine is asked again.")
                    .fallback(USUAL.most());
    private static final Key<Duration> BASE =
            Key.of("base", Types.time(Duration.ZERO, DAY), "The first wait is at most this.")
                    .fallback(USUAL.base());
    private static final Key<Duration> CAP =
            Key.of("cap", Types.time(Duration.ZERO, DAY), "No later one is longer.")
                    .fallback(USUAL.cap());
    private static final Key<Duration> RETRY_AFTER =
            Key.of(
                            "retry_after",
                            Types.time(Duration.ZERO, DAY),
                            "How long a wait that the engine asks for may be.")
                    .fallback(USUAL.longest());

    private static final Key<Retries> RETRIES =
            Key.of(
                    "retries",
                    Shape.of(
                            in ->
                                    new Retries(
                                            in.get(MOST),
                                            in.get(BASE),
                                            in.get(CAP),
                                            in.get(RETRY_AFTER)),
                            MOST,
                            BASE,
                            CAP,
                            RETRY_AFTER),
                    "How often the same engine is asked again before the first token.");

    private static final Key<List<FailureKind>> FALLBACK_ON =
            Key.of(
                            "fallback_on",
                            Types.list(
                                    Types.oneOf(
                                            Arrays.stream(FailureKind.values())
                                                    .filter(kind -> kind != FailureKind.FINAL)
                                                    .toList())),
                            "After which failures the next engine is asked, before the first token.")
                    .fallback(FailureKind.usualFallback().stream().sorted().toList());

    private static final Key<Duration> FIRST =
            Key.of("first", Types.time(Duration.ZERO, DAY), "To the first token; 0 is no limit.")
                    .fallback(Duration.ZERO);
    private static final Key<Duration> GAP =
            Key.of("gap", Types.time(Duration.ZERO, DAY), "Between two tokens; 0 is no limit.")
                    .fallback(Duration.ZERO);
    private static final Key<Duration> TOTAL =
            Key.of("total", Types.time(Duration.ZERO, DAY), "For everything; 0 is no limit.")
                    .fallback(Duration.ZERO);

    private static final Key<TimeLimits> TIMEOUTS =
            Key.of(
                    "timeouts",
                    Shape.of(
                            in -> new TimeLimits(in.get(FIRST), in.get(GAP), in.get(TOTAL)),
                            FIRST,
                            GAP,
                            TOTAL),
                    "How long it may take, whatever its engines allow.");

    private static final Key<List<String>> ALIASES =
            Key.of("aliases", Types.list(NAME), "Its other names.").fallback(List.of());

    /** The key at the top of the file. */
    public static final Key<Map<String, ModelConfig>> MODELS =
            Key.of(
                            "models",
                            Types.map(
                                    "names of models",
                                    "\\S{1,200}",
                                    Shape.of(
                                            ModelsSection::model,
                                            ALIASES,
                                            ROUTES,
                                            RETRIES,
                                            FALLBACK_ON,
                                            TIMEOUTS)),
                            "What requests can name, and which engines answer. Without any, the"
                                    + " model of `store.model` is served, or the default model."
                                    + " [More](models.md#models).")
                    .fallback(Map.of())
                    .example("{chat: {aliases: [gpt-4o], routes: [{engine: gpu, model: qwen3}]}}")
                    .whileRunning();

    /** Its place in the file. */
    public static final Section<Map<String, ModelConfig>> SECTION = Section.ofOne(MODELS);

    private ModelsSection() {}

    private static ModelConfig model(Values in) {
        List<ModelConfig.RouteConfig> routes = in.find(ROUTES).orElse(List.of());
        if (routes.isEmpty()) {
            in.problem(ROUTES, "there must be at least one, as {engine: NAME}.");
        }
        return new ModelConfig(
                in.get(ALIASES),
                routes,
                new RoutingSettings(
                        in.find(RETRIES).orElse(USUAL),
                        Set.copyOf(in.get(FALLBACK_ON)),
                        in.find(TIMEOUTS).orElse(TimeLimits.NONE)));
    }
}
