package dev.tandem.gateway.admin;

import dev.tandem.engines.Engine;
import dev.tandem.gateway.model.Models;
import dev.tandem.v1.EngineState;
import dev.tandem.v1.EngineStatistics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The engines of this server as they are at the moment. For all threads. */
@FunctionalInterface
public interface EngineStates {
    /** All, in the order of the configuration; each name once. */
    List<OperatedEngine> engines();

    /**
     * Those behind these models, each by the name of the first model that it answers for, without
     * counts.
     *
     * @param since when they were opened
     */
    static EngineStates of(Models models, Instant since) {
        EngineStatistics nothing =
                EngineStatistics.newBuilder().setSince(since.getEpochSecond()).build();
        return () -> {
            Map<Engine, String> names = new LinkedHashMap<>();
            models.all().forEach(model -> names.putIfAbsent(model.engine(), model.name()));
            List<OperatedEngine> all = new ArrayList<>(names.size());
            names.forEach((engine, name) -> {
                EngineState state =
                        engine.ready()
                                ? EngineState.ENGINE_STATE_READY
                                : EngineState.ENGINE_STATE_LOADING;
                all.add(OperatedEngine.of(name, engine, state, nothing));
            });
            return all;
        };
    }
}
