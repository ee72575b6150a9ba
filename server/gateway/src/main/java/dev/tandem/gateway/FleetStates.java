package dev.tandem.gateway;

import dev.tandem.engines.Engine;
import dev.tandem.gateway.admin.EngineStates;
import dev.tandem.gateway.admin.OperatedEngine;
import dev.tandem.gateway.engine.Fleet;
import dev.tandem.gateway.model.ServedModel;
import dev.tandem.routing.Circuit;
import dev.tandem.routing.RoutedEngine;
import dev.tandem.routing.Statistics;
import dev.tandem.routing.Upstream;
import dev.tandem.v1.EngineState;
import dev.tandem.v1.EngineStatistics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The engines of a fleet as operators see them, and those of the program behind them.
 *
 * @param since when the program began
 */
record FleetStates(Fleet fleet, Instant since) implements EngineStates {
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    @Override
    public List<OperatedEngine> engines() {
        List<OperatedEngine> all = new ArrayList<>();
        fleet.upstreams()
                .forEach(upstream ->
                        all.add(
                                OperatedEngine.of(
                                        upstream.name(),
                                        upstream.engine(),
                                        state(upstream),
                                        told(upstream.statistics()))));
        fleet.models().all().stream()
                .filter(model -> !(model.engine() instanceof RoutedEngine))
                .map(this::ofProgram)
                .forEach(all::add);
        return all;
    }

    private OperatedEngine ofProgram(ServedModel model) {
        return OperatedEngine.of(
                model.name(),
                model.engine(),
                ready(model.engine()),
                EngineStatistics.newBuilder().setSince(since.getEpochSecond()).build());
    }

    private static EngineState state(Upstream upstream) {
        return upstream.circuit().state() == Circuit.State.OPEN
                ? EngineState.ENGINE_STATE_CIRCUIT_OPEN
                : ready(upstream.engine());
    }

    private static EngineState ready(Engine engine) {
        return engine.ready() ? EngineState.ENGINE_STATE_READY : EngineState.ENGINE_STATE_LOADING;
    }

    private EngineStatistics told(Statistics counts) {
        EngineStatistics.Builder told =
                EngineStatistics.newBuilder()
                        .setRunning(counts.running())
                        .setWaiting(counts.waiting())
                        .setRequests(counts.requests())
                        .putAllFailures(counts.failures())
                        .setRetried(counts.retried())
                        .setPromptTokens(counts.promptTokens())
                        .setCompletionTokens(counts.completionTokens())
                        .setSince(since.getEpochSecond());
        if (counts.begun() > 0) {
            told.setMeanFirstTokenSeconds(counts.firstTokens().toNanos() / NANOS / counts.begun());
        }
        return told.build();
    }
}
