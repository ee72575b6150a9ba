package dev.tandem.gateway.model;

import dev.tandem.engines.Engine;
import dev.tandem.engines.EngineReasons;
import dev.tandem.runtime.auth.Caller;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.v1.Capability;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The models of this server by their names and aliases; all of them can be replaced at once, while
 * calls run. Closes the engines of those that it has at the end.
 *
 * <p>Names are compared as they are. The alias {@code default} is the first model, unless the
 * configuration says otherwise.
 */
public final class Models implements AutoCloseable {
    private volatile Names names;

    /**
     * @param models in the order in which they are listed
     * @param aliases another name → the name of a model
     * @throws IllegalArgumentException where two models have one name, or an alias hides a model or
     *     leads nowhere
     */
    public Models(List<ServedModel> models, Map<String, String> aliases) {
        names = Names.of(models, aliases);
    }

    /**
     * These from now on. Calls that have found their model go on with it; what they do not need any
     * more is whose to close who knows when that is.
     *
     * @throws IllegalArgumentException as the constructor; then all stays as it is
     */
    public void replace(List<ServedModel> models, Map<String, String> aliases) {
        names = Names.of(models, aliases);
    }

    /**
     * The model that a request names.
     *
     * @throws dev.tandem.runtime.call.ApiException {@code model_not_found}
     */
    public ServedModel named(String name) {
        ServedModel model = names.find(name);
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
        return names.all().stream().filter(model -> allowed.allow(model.name())).toList();
    }

    /** All models, without aliases, in the order of the configuration. */
    public List<ServedModel> all() {
        return names.all();
    }

    /**
     * Can any model answer now? One that cannot must not take the others' server out of service.
     */
    public boolean ready() {
        return names.all().stream().anyMatch(model -> model.engine().ready());
    }

    /** Can any model do this now? */
    public boolean ready(Capability wanted) {
        return names.all().stream()
                .map(ServedModel::engine)
                .anyMatch(engine -> engine.capabilities().contains(wanted) && engine.ready());
    }

    /** Closes every engine once. */
    @Override
    public void close() {
        Set<Engine> engines = new LinkedHashSet<>();
        names.all().forEach(model -> engines.add(model.engine()));
        engines.forEach(Engine::close);
    }
}
