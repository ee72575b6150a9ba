package dev.tandem.gateway.model;

import dev.tandem.engines.Engine;
import dev.tandem.engines.EngineReasons;
import dev.tandem.runtime.auth.Caller;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.v1.Capability;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The models of this server by their names and aliases. Immutable; closes the engines.
 *
 * <p>Names are compared as they are. The alias {@code default} is the first model, unless the
 * configuration says otherwise.
 */
public final class Models implements AutoCloseable {
    private static final String DEFAULT = "default";

    private final Map<String, ServedModel> byName = new LinkedHashMap<>();
    private final Map<String, ServedModel> byAlias = new TreeMap<>();

    /**
     * @param models in the order in which they are listed
     * @param aliases another name → the name of a model
     * @throws IllegalArgumentException where two models have one name, or an alias hides a model or
     *     leads nowhere
     */
    public Models(List<ServedModel> models, Map<String, String> aliases) {
        for (ServedModel model : models) {
            if (byName.putIfAbsent(model.name(), model) != null) {
                throw new IllegalArgumentException(
                        "two models have the name " + model.name() + "; rename one of them");
            }
        }
        if (!models.isEmpty() && !byName.containsKey(DEFAULT)) {
            byAlias.put(DEFAULT, models.getFirst());
        }
        aliases.forEach(this::addAlias);
    }

    private void addAlias(String alias, String name) {
        ServedModel model = byName.get(name);
        if (model == null) {
            throw new IllegalArgumentException(
                    "the alias "
                            + alias
                            + " leads to "
                            + name
                            + ", which is no model of this server");
        }
        if (byName.containsKey(alias)) {
            throw new IllegalArgumentException(
                    "the alias " + alias + " has the name of a model; choose another");
        }
        byAlias.put(alias, model);
    }

    /**
     * The model that a request names.
     *
     * @throws dev.tandem.runtime.call.ApiException {@code model_not_found}
     */
    public ServedModel named(String name) {
        ServedModel model = find(name);
        if (model == null) {
            throw ApiError.ofParam(
                            EngineReasons.MODEL_NOT_FOUND,
                            "model",
                            "There is no model '"
                                    + name
                                    + "' here; GET /v1/models lists those there are.")
                    .toException();
        }
        return model;
    }

    /**
     * The model that a request of this call names.
     *
     * @throws dev.tandem.runtime.call.ApiException {@code model_not_found}, or {@code
     *     model_not_allowed} where it is not for the caller
     */
    public ServedModel named(String name, Call call) {
        ServedModel model = named(name);
        if (!AllowedModels.of(Caller.of(call)).allow(model.name())) {
            throw ApiError.ofParam(
                            EngineReasons.MODEL_NOT_ALLOWED,
                            "model",
                            "The model '"
                                    + name
                                    + "' is not allowed for this credential; GET /v1/models lists"
                                    + " those that are.")
                    .toException();
        }
        return model;
    }

    /** The models that the caller of this call may use. */
    public List<ServedModel> allowed(Call call) {
        AllowedModels allowed = AllowedModels.of(Caller.of(call));
        return byName.values().stream().filter(model -> allowed.allow(model.name())).toList();
    }

    private @Nullable ServedModel find(String name) {
        ServedModel model = byName.get(name);
        return model != null ? model : byAlias.get(name);
    }

    /** All models, without aliases, in the order of the configuration. */
    public List<ServedModel> all() {
        return List.copyOf(byName.values());
    }

    /**
     * Can any model answer now? One that cannot must not take the others' server out of service.
     */
    public boolean ready() {
        return byName.values().stream().anyMatch(model -> model.engine().ready());
    }

    /** Can any model do this now? */
    public boolean ready(Capability wanted) {
        return byName.values().stream()
                .map(ServedModel::engine)
                .anyMatch(engine -> engine.capabilities().contains(wanted) && engine.ready());
    }

    /** Closes every engine once. */
    @Override
    public void close() {
        Set<Engine> engines = new LinkedHashSet<>();
        byName.values().forEach(model -> engines.add(model.engine()));
        engines.forEach(Engine::close);
    }
}
