package dev.tandem.runtime;

import io.helidon.openapi.OpenApiFormat;
import io.helidon.openapi.OpenApiManager;
import jakarta.json.JsonObject;
import java.util.function.Supplier;

/** Gives Helidon's OpenAPI feature the document of the routes in place of a file. */
final class ServedOpenApi implements OpenApiManager<Supplier<JsonObject>> {
    private final Supplier<JsonObject> document;

    ServedOpenApi(Supplier<JsonObject> document) {
        this.document = document;
    }

    @Override
    public Supplier<JsonObject> load(String ignoredFile) {
        return document;
    }

    @Override
    public String format(Supplier<JsonObject> model, OpenApiFormat format) {
        return format == OpenApiFormat.JSON ? model.get().toString() : YamlText.of(model.get());
    }

    @Override
    public String name() {
        return "tandem";
    }

    @Override
    public String type() {
        return "tandem";
    }
}
