package dev.tandem.transcoding.openapi;

import jakarta.json.JsonObject;

/**
 * A way for callers to say who they are. Each is enough by itself.
 *
 * @param name among the document's components
 * @param scheme as OpenAPI writes it
 */
public record SecurityScheme(String name, JsonObject scheme) {}
