package dev.tandem.gateway.quota;

import java.util.Map;
import java.util.Optional;

/**
 * How much may be asked for.
 *
 * @param caller of each caller whose limits have no name here
 * @param callers by the names that keys and tokens give
 * @param model of each model, by all callers together
 * @param models by name, those that have other limits than {@code model}
 * @param server of all callers and models together
 * @param completionReserve tokens that are reserved for an answer whose caller sets no maximum, at
 *     least 1; fewer where the model's context has no room for as many
 */
public record QuotaSettings(
        LimitSet caller,
        Map<String, LimitSet> callers,
        LimitSet model,
        Map<String, LimitSet> models,
        LimitSet server,
        int completionReserve) {
    /** Of {@code completionReserve}. */
    public static final int USUAL_RESERVE = 1024;

    /** Nothing is limited. */
    public static final QuotaSettings NONE =
            new QuotaSettings(
                    LimitSet.NONE, Map.of(), LimitSet.NONE, Map.of(), LimitSet.NONE, USUAL_RESERVE);

    public QuotaSettings {
        callers = Map.copyOf(callers);
        models = Map.copyOf(models);
    }

    /**
     * Those of a caller.
     *
     * @param named what its key or token names; a name that nobody knows is none
     */
    public LimitSet ofCaller(Optional<String> named) {
        return named.map(name -> callers.getOrDefault(name, caller)).orElse(caller);
    }

    LimitSet ofModel(String name) {
        return models.getOrDefault(name, model);
    }
}
