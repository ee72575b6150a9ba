package dev.tandem.gateway.service;

import dev.tandem.gateway.model.Models;
import dev.tandem.gateway.model.ServedModel;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Service;
import dev.tandem.v1.GetModelRequest;
import dev.tandem.v1.ListModelsRequest;
import dev.tandem.v1.ListModelsResponse;
import dev.tandem.v1.Model;
import dev.tandem.v1.ModelServiceGrpc;

/** Tells which models there are. */
public final class ModelService {
    private final Models models;

    /** For these models. */
    public ModelService(Models models) {
        this.models = models;
    }

    /** To be served. */
    public Service service() {
        return Service.of(ModelServiceGrpc.getServiceDescriptor())
                .unary(ModelServiceGrpc.getListModelsMethod(), this::list)
                .unary(ModelServiceGrpc.getGetModelMethod(), this::find)
                .build();
    }

    private ListModelsResponse list(ListModelsRequest request, Call call) {
        return ListModelsResponse.newBuilder()
                .addAllData(models.allowed(call).stream().map(ServedModel::describe).toList())
                .build();
    }

    private Model find(GetModelRequest request, Call call) {
        return models.named(request.getModel(), call).describe();
    }
}
