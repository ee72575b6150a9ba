package dev.tandem.runtime;

import dev.tandem.runtime.auth.Caller;
import dev.tandem.transcoding.openapi.Page;
import dev.tandem.transcoding.openapi.Page.Answer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What the document says of the server's own pages. */
final class OwnPages {
    private static final Answer UNCHANGED =
            new Answer(304, "The client has it already.", List.of(), JsonObject.EMPTY_JSON_OBJECT);

    private static final List<String> CODE = List.of("text/css", "text/javascript");

    private OwnPages() {}

    /** All of them, and those that were added. */
    static List<Page> with(Collection<Page> more) {
        List<Page> pages = new ArrayList<>(probes());
        pages.addAll(documents());
        pages.addAll(forPeople());
        pages.addAll(more);
        return pages;
    }

    static List<Page> probes() {
        return List.of(
                Page.get(
                                "/health",
                                "getHealth",
                                "Tells that the process answers",
                                status(200, "It does.", "ok"))
                        .opened(),
                Page.get(
                                "/ready",
                                "getReady",
                                "Tells whether requests can be answered",
                                status(200, "They can.", "ok"),
                                status(503, "Not now.", "not_ready"))
                        .opened());
    }

    /** Where there are metrics. */
    static Page metrics() {
        return Page.get(
                        "/metrics",
                        "getMetrics",
                        "Tells the metrics, for Prometheus",
                        new Answer(
                                200,
                                "All of them, in the form that the client accepts.",
                                List.of("text/plain", "application/openmetrics-text"),
                                JsonObject.EMPTY_JSON_OBJECT))
                .scoped(List.of(Caller.METRICS));
    }

    static List<Page> documents() {
        return List.of(
                document(
                        "/openapi.json",
                        "getOpenApiJson",
                        "This document as OpenAPI 3.1 in JSON",
                        "application/json",
                        "object"),
                document(
                        "/openapi.yaml",
                        "getOpenApiYaml",
                        "This document as OpenAPI 3.1 in YAML",
                        "application/yaml",
                        "object"),
                openapi(),
                document(
                        "/openapi-3.2.json",
                        "getOpenApi32Json",
                        "This document as OpenAPI 3.2 in JSON",
                        "application/json",
                        "object"));
    }

    private static Page openapi() {
        return Page.get(
                "/openapi",
                "getOpenApi",
                "This document as OpenAPI 3.1 in the form that the client accepts",
                new Answer(
                        200,
                        "The document.",
                        List.of(
                                "application/json",
                                "application/vnd.oai.openapi+json",
                                "application/vnd.oai.openapi",
                                "application/yaml"),
                        JsonObject.EMPTY_JSON_OBJECT),
                UNCHANGED);
    }

    static List<Page> forPeople() {
        return List.of(
                Page.get("/docs", "getDocs", "This document as pages to try it", html(), UNCHANGED),
                file("/docs/{file}", "getDocsFile", "A script or style sheet of those pages", CODE),
                Page.get(
                        "/redoc", "getRedoc", "This document as a page to read", html(), UNCHANGED),
                file("/redoc/{file}", "getRedocFile", "A script or style sheet of that page", CODE),
                Page.get(
                        "/proto",
                        "getProto",
                        "Lists the .proto files, as JSON or as a page",
                        new Answer(
                                200,
                                "The list.",
                                List.of("application/json", "text/html"),
                                JsonObject.EMPTY_JSON_OBJECT),
                        UNCHANGED),
                Page.get(
                        "/proto/descriptors.binpb",
                        "getProtoDescriptors",
                        "All .proto files as one google.protobuf.FileDescriptorSet",
                        new Answer(
                                200,
                                "The descriptor set, with comments where there are any.",
                                List.of("application/x-protobuf"),
                                JsonObject.EMPTY_JSON_OBJECT),
                        UNCHANGED),
                file(
                        "/proto/{file}",
                        "getProtoFile",
                        "A .proto file by its name, which may contain slashes",
                        List.of("text/plain")));
    }

    private static Answer html() {
        return new Answer(200, "The page.", List.of("text/html"), JsonObject.EMPTY_JSON_OBJECT);
    }

    private static Page file(String path, String id, String summary, List<String> mediaTypes) {
        JsonObject name =
                Json.createObjectBuilder()
                        .add("name", "file")
                        .add("in", "path")
                        .add("required", true)
                        .add("schema", Json.createObjectBuilder().add("type", "string"))
                        .build();
        Answer file = new Answer(200, "The file.", mediaTypes, JsonObject.EMPTY_JSON_OBJECT);
        return new Page(
                "GET",
                path,
                id,
                summary,
                "",
                List.of(name),
                List.of(file, UNCHANGED),
                false,
                List.of());
    }

    private static Page document(
            String path, String id, String summary, String mediaType, String type) {
        JsonObject schema = Json.createObjectBuilder().add("type", type).build();
        return Page.get(
                path,
                id,
                summary,
                new Answer(200, "The document.", List.of(mediaType), schema),
                UNCHANGED);
    }

    private static Answer status(int code, String description, String word) {
        JsonObject schema =
                Json.createObjectBuilder()
                        .add("type", "object")
                        .add(
                                "properties",
                                Json.createObjectBuilder()
                                        .add(
                                                "status",
                                                Json.createObjectBuilder()
                                                        .add("type", "string")
                                                        .add("const", word)))
                        .add("required", Json.createArrayBuilder().add("status"))
                        .build();
        return new Answer(code, description, List.of("application/json"), schema);
    }
}
