package dev.tandem.gateway.engine;

import dev.tandem.gateway.config.live.Taker;
import java.util.Map;

/** Takes changes of engines and models while calls run: all of one, or nothing. */
public final class FleetChanges {
    private final Fleet fleet;
    private final Runnable taken;

    /**
     * @param taken is told of each change that was taken
     */
    public FleetChanges(Fleet fleet, Runnable taken) {
        this.fleet = fleet;
        this.taken = taken;
    }

    /**
     * Opens and loads what is new, which may take minutes.
     *
     * @return switches
     * @throws Taker.RefusedException where anything of it cannot be used; nothing is changed then
     */
    public Runnable prepare(Map<String, EngineConfig<?>> engines, Map<String, ModelConfig> models)
            throws Taker.RefusedException {
        try {
            Fleet.Change change = fleet.prepare(engines, models);
            load(change);
            return () -> {
                change.take();
                taken.run();
            };
        } catch (UnusableEngineException e) {
            throw new Taker.RefusedException(String.valueOf(e.getMessage()));
        }
    }

    private static void load(Fleet.Change change)
            throws UnusableEngineException, Taker.RefusedException {
        boolean whole = false;
        try {
            for (Opened.Loading loading : change.loadings()) {
                loading.run();
            }
            whole = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Taker.RefusedException("The program ends.");
        } finally {
            if (!whole) {
                change.abandon();
            }
        }
    }
}
