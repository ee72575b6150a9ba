package dev.tandem.gateway.engine;

import dev.tandem.gateway.config.key.Values;
import dev.tandem.gateway.config.source.Nearest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What engines and models must have in common. */
public final class RoutesCheck {
    private RoutesCheck() {}

    /**
     * Tells what is wrong between them.
     *
     * @param engines of {@link EnginesSection#SECTION}
     * @param models of {@link ModelsSection#SECTION}
     */
    public static void check(Values engines, Values models) {
        boolean read =
                !engines.told(EnginesSection.ENGINES)
                        || !engines.get(EnginesSection.ENGINES).isEmpty();
        Map<String, ModelConfig> all = models.get(ModelsSection.MODELS);
        if (read) { // otherwise their own problems are told, and no route's
            Set<String> known = engines.get(EnginesSection.ENGINES).keySet();
            all.forEach((name, model) -> routes(name, model, known, models));
        }
        aliases(all, models);
    }

    private static void routes(String name, ModelConfig model, Set<String> known, Values models) {
        for (int i = 0; i < model.routes().size(); i++) {
            String engine = model.routes().get(i).engine();
            if (!known.contains(engine)) {
                String advice =
                        Nearest.to(engine, known)
                                .map(near -> "did you mean " + near + "?")
                                .orElse(
                                        known.isEmpty()
                                                ? "'engines' has none."
                                                : "known are " + String.join(", ", known) + ".");
                models.problem(
                        ModelsSection.MODELS,
                        List.of(name, "routes", "[" + i + "]", "engine"),
                        "there is no engine '" + engine + "'; " + advice);
            }
        }
    }

    private static void aliases(Map<String, ModelConfig> all, Values models) {
        Map<String, String> owners = new HashMap<>();
        all.forEach((name, model) -> {
            for (int i = 0; i < model.aliases().size(); i++) {
                String alias = model.aliases().get(i);
                List<String> place = List.of(name, "aliases", "[" + i + "]");
                String before = owners.putIfAbsent(alias, name);
                if (all.containsKey(alias)) {
                    models.problem(
                            ModelsSection.MODELS,
                            place,
                            "'" + alias + "' is the name of a model; choose another.");
                } else if (before != null) {
                    models.problem(
                            ModelsSection.MODELS,
                            place,
                            "'" + alias + "' is an alias of " + before + " too; keep one of them.");
                }
            }
        });
    }
}
