package dev.tandem.gateway.admin;

import dev.tandem.engines.Engine;
import dev.tandem.engines.ModelHost;
import dev.tandem.v1.EngineAbility;
import dev.tandem.v1.EngineInfo;
import dev.tandem.v1.EngineState;
import dev.tandem.v1.EngineStatistics;
import java.util.Optional;

/**
 * An engine as an operator sees it.
 *
 * @param name in the configuration
 * @param host what can be done with the models that it keeps; empty where nothing can
 * @param statistics what it does now and has done
 */
public record OperatedEngine(
        String name,
        Engine engine,
        Optional<ModelHost> host,
        EngineState state,
        EngineStatistics statistics) {

    /** One whose models are kept by itself. */
    public static OperatedEngine of(
            String name, Engine engine, EngineState state, EngineStatistics statistics) {
        return new OperatedEngine(name, engine, engine.host(), state, statistics);
    }

    /** As callers are told. */
    EngineInfo describe() {
        EngineInfo.Builder info =
                EngineInfo.newBuilder()
                        .setName(name)
                        .setKind(engine.kind())
                        .setState(state)
                        .setStatistics(statistics);
        engine.capabilities().stream().sorted().forEach(info::addCapabilities);
        host.ifPresent(keeper ->
                keeper.abilities().stream()
                        .sorted()
                        .map(OperatedEngine::told)
                        .forEach(info::addAbilities));
        return info.build();
    }

    private static EngineAbility told(ModelHost.Ability ability) {
        return switch (ability) {
            case LOAD -> EngineAbility.ENGINE_ABILITY_LOAD;
            case PULL -> EngineAbility.ENGINE_ABILITY_PULL;
        };
    }
}
