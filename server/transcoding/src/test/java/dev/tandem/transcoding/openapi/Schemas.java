package dev.tandem.transcoding.openapi;

import com.google.protobuf.Message;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tandem.transcoding.json.JsonCodecs;
import dev.tandem.transcoding.json.Profile;
import dev.tandem.transcoding.schema.Declarations;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Set;

/** The schema of one message type, and a validator for it. */
final class Schemas {
    private final JsonObject document;
    private final Schema validator;

    private Schemas(JsonObject document) {
        this.document = document;
        this.validator =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(document.toString(), InputFormat.JSON);
    }

    static Schemas of(Message prototype, Profile profile, Direction direction) {
        Components components =
                new Components(
                        new Comments(
                                Declarations.of(
                                        List.of(prototype.getDescriptorForType().getFile()))));
        Node root =
                components.of(
                        new JsonCodecs(profile).of(prototype).shape(),
                        direction,
                        profile == Profile.CANONICAL);
        Components.Names names = components.finish(Set.of());
        JsonObject named = names.named(root.json());
        return new Schemas(
                Node.from(named)
                        .put("components", new Node().put("schemas", names.schemas()))
                        .json());
    }

    List<Error> errors(String json) {
        return validator.validate(json, InputFormat.JSON);
    }

    /** The schema of the type with this name among the components. */
    JsonObject component(String name) {
        return document.getJsonObject("components").getJsonObject("schemas").getJsonObject(name);
    }
}
