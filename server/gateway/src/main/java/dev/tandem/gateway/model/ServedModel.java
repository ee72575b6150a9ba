package dev.tandem.gateway.model;

import dev.tandem.engines.Engine;
import dev.tandem.v1.Model;
import java.time.Instant;

/**
 * One model that requests can name.
 *
 * @param name what requests call it, and answers too
 * @param engine what answers
 * @param engineModel the engine's own name for it
 * @param created when it was made known to this server
 */
public record ServedModel(String name, Engine engine, String engineModel, Instant created) {

    /** As the list of models shows it. */
    public Model describe() {
        Model.Builder model =
                Model.newBuilder()
                        .setId(name)
                        .setCreated(created.getEpochSecond())
                        .setOwnedBy(engine.owner());
        engine.contextLength().ifPresent(model::setContextLength);
        return model.build();
    }
}
