package dev.tandem.runtime;

import dev.tandem.runtime.wire.docs.Document;
import dev.tandem.runtime.wire.docs.PageTags;
import dev.tandem.transcoding.openapi.OpenApi;
import dev.tandem.transcoding.openapi.Version;
import io.helidon.openapi.OpenApiFeature;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The OpenAPI documents, each made when somebody first asks for it: that takes longer than a start
 * has time for. For all threads.
 */
final class OpenApiRoutes {
    /** Above that of routes, the last of which answers whatever is left. */
    private static final double BEFORE_ROUTES = 200;

    private static final String JSON = "application/json";
    private static final String YAML = "application/yaml; charset=utf-8";

    private final Supplier<OpenApi> source;
    private final Map<Version, JsonObject> made = new EnumMap<>(Version.class);
    private @Nullable OpenApi openApi;

    /**
     * @param source asked once
     */
    OpenApiRoutes(Supplier<OpenApi> source) {
        this.source = source;
    }

    /**
     * The files: JSON and YAML; and what Helidon's feature leaves: entity tags, HEAD, OPTIONS, 405.
     */
    void route(HttpRouting.Builder routing) {
        routing.addFilter(
                new PageTags(
                        "/openapi",
                        () -> bytes(of(Version.V3_1).toString()),
                        () -> bytes(YamlText.of(of(Version.V3_1)))));
        Document json = document(JSON, Version.V3_1, JsonObject::toString);
        json.route(routing, "/openapi.json");
        json.route(routing, "/openapi");
        document(YAML, Version.V3_1, YamlText::of).route(routing, "/openapi.yaml");
        document(JSON, Version.V3_2, JsonObject::toString).route(routing, "/openapi-3.2.json");
    }

    /** Helidon's feature at {@code /openapi}, which gives the form that the client accepts. */
    void addTo(WebServerConfig.Builder server) {
        server.addFeature(
                OpenApiFeature.builder()
                        .weight(BEFORE_ROUTES)
                        .webContext("/openapi")
                        .servicesDiscoverServices(false)
                        .managerDiscoverServices(false)
                        .manager(new ServedOpenApi(() -> of(Version.V3_1)))
                        .build());
    }

    private Document document(
            String mediaType, Version version, Function<JsonObject, String> text) {
        return Document.later(mediaType, () -> bytes(text.apply(of(version))));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    synchronized JsonObject of(Version version) {
        OpenApi known = openApi == null ? source.get() : openApi;
        openApi = known;
        return made.computeIfAbsent(version, known::document);
    }
}
