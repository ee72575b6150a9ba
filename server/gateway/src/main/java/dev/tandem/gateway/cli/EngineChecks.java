package dev.tandem.gateway.cli;

import dev.tandem.gateway.admin.AllowedHosts;
import dev.tandem.gateway.config.Settings;
import dev.tandem.gateway.config.StoreSection;
import dev.tandem.gateway.doctor.Finding;
import dev.tandem.gateway.engine.EngineConfig;
import dev.tandem.gateway.engine.EnginesSection;
import dev.tandem.gateway.engine.ModelsSection;
import dev.tandem.gateway.engine.UnusableEngineException;
import dev.tandem.gateway.engine.Workshop;
import dev.tandem.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Is each engine of the configuration reachable, does it take our key, and does any model use it?
 */
final class EngineChecks {
    private EngineChecks() {}

    static List<Finding> look(Settings settings, Store store) throws InterruptedException {
        Workshop workshop =
                Workshop.of(
                        store,
                        (home, file, wanted) -> {
                            throw new UnusableEngineException(
                                    "Nothing is loaded for a look.",
                                    new IllegalStateException(file.toString()));
                        },
                        settings.get(StoreSection.SECTION).storage(),
                        AllowedHosts.NONE);
        List<Finding> findings = new ArrayList<>();
        for (Map.Entry<String, EngineConfig<?>> engine :
                settings.get(EnginesSection.SECTION).entrySet()) {
            findings.add(engine.getValue().look(engine.getKey(), workshop));
            if (!used(engine.getKey(), settings)) {
                findings.add(
                        Finding.warning(
                                "engine " + engine.getKey(),
                                "No model uses it, so it is not opened.",
                                "Name it in models.NAME.routes."));
            }
        }
        return findings;
    }

    private static boolean used(String engine, Settings settings) {
        return settings.get(ModelsSection.SECTION).values().stream()
                .flatMap(model -> model.routes().stream())
                .anyMatch(route -> route.engine().equals(engine));
    }
}
