package dev.tandem.gateway.admin;

import dev.tandem.engines.EngineReasons;
import dev.tandem.engines.ModelHost;
import dev.tandem.engines.Refusal;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Service;
import dev.tandem.runtime.call.Sink;
import dev.tandem.v1.AdminServiceGrpc;
import dev.tandem.v1.EngineInfo;
import dev.tandem.v1.EngineModel;
import dev.tandem.v1.GetEngineRequest;
import dev.tandem.v1.ListEngineModelsRequest;
import dev.tandem.v1.ListEngineModelsResponse;
import dev.tandem.v1.ListEnginesRequest;
import dev.tandem.v1.ListEnginesResponse;
import dev.tandem.v1.LoadModelRequest;
import dev.tandem.v1.LoadModelResponse;
import dev.tandem.v1.PullModelRequest;
import dev.tandem.v1.PullProgress;
import dev.tandem.v1.UnloadModelRequest;
import dev.tandem.v1.UnloadModelResponse;
import java.util.Locale;
import java.util.Optional;

/** Shows the engines, and has them load and fetch models. Only for servers that know callers. */
public final class AdminService {
    private final EngineStates states;
    private final Runnable changed;

    /**
     * For these engines.
     *
     * @param changed is told when a model came into memory or left it
     */
    public AdminService(EngineStates states, Runnable changed) {
        this.states = states;
        this.changed = changed;
    }

    /** To be served. */
    public Service service() {
        return Service.of(AdminServiceGrpc.getServiceDescriptor())
                .unary(AdminServiceGrpc.getListEnginesMethod(), this::list)
                .unary(AdminServiceGrpc.getGetEngineMethod(), this::find)
                .unary(AdminServiceGrpc.getListEngineModelsMethod(), this::models)
                .unary(AdminServiceGrpc.getLoadModelMethod(), this::load)
                .unary(AdminServiceGrpc.getUnloadModelMethod(), this::unload)
                .stream(AdminServiceGrpc.getPullModelMethod(), this::pull)
                .build();
    }

    private ListEnginesResponse list(ListEnginesRequest request, Call call) {
        return ListEnginesResponse.newBuilder()
                .addAllEngines(states.engines().stream().map(OperatedEngine::describe).toList())
                .build();
    }

    private EngineInfo find(GetEngineRequest request, Call call) {
        return named(request.getEngine()).describe();
    }

    private OperatedEngine named(String name) {
        return states.engines().stream()
                .filter(engine -> engine.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        ApiError.ofParam(
                                        EngineReasons.ENGINE_NOT_FOUND,
                                        "engine",
                                        "There is no engine '"
                                                + name
                                                + "' here; GET /v1/admin/engines lists those there"
                                                + " are.")
                                .toException());
    }

    private ListEngineModelsResponse models(ListEngineModelsRequest request, Call call)
            throws InterruptedException {
        ModelHost host =
                named(request.getEngine())
                        .host()
                        .orElseThrow(() ->
                                Refusal.unsupportedValue(
                                        "engine", "This engine keeps no models of its own."));
        ListEngineModelsResponse.Builder answer = ListEngineModelsResponse.newBuilder();
        for (ModelHost.Kept kept : host.models(call)) {
            EngineModel.Builder model =
                    EngineModel.newBuilder()
                            .setName(kept.name())
                            .setBytes(kept.bytes())
                            .setLoaded(kept.loaded());
            kept.changed().ifPresent(moment -> model.setChanged(moment.getEpochSecond()));
            answer.addModels(model);
        }
        return answer.build();
    }

    private LoadModelResponse load(LoadModelRequest request, Call call)
            throws InterruptedException {
        able(request.getEngine(), ModelHost.Ability.LOAD).load(request.getModel(), call);
        changed.run();
        return LoadModelResponse.getDefaultInstance();
    }

    private UnloadModelResponse unload(UnloadModelRequest request, Call call)
            throws InterruptedException {
        able(request.getEngine(), ModelHost.Ability.LOAD).unload(request.getModel(), call);
        changed.run();
        return UnloadModelResponse.getDefaultInstance();
    }

    private void pull(PullModelRequest request, Sink<PullProgress> sink, Call call)
            throws InterruptedException {
        ModelHost host = able(request.getEngine(), ModelHost.Ability.PULL);
        PullStream progress = new PullStream(sink, System::nanoTime);
        if (request.hasSha256()) {
            String sum = request.getSha256().toLowerCase(Locale.ROOT);
            host.pull(request.getModel(), sum, progress, call);
        } else {
            host.pull(request.getModel(), progress, call);
        }
        progress.finished();
    }

    private ModelHost able(String engine, ModelHost.Ability ability) {
        Optional<ModelHost> host =
                named(engine).host().filter(keeper -> keeper.abilities().contains(ability));
        return host.orElseThrow(() ->
                Refusal.unsupportedValue(
                        "engine",
                        "This engine cannot "
                                + ability.name().toLowerCase(Locale.ROOT)
                                + " models; `abilities` tells what each can."));
    }
}
