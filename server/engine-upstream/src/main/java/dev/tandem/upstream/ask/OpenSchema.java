package dev.tandem.upstream.ask;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * JSON Schemas with objects that may have fields beyond those they name. Servers that sample by a
 * schema want {@code additionalProperties: false} of each object.
 */
public final class OpenSchema {
    private static final Set<String> NAMED =
            Set.of("properties", "patternProperties", "$defs", "definitions");
    private static final Set<String> NESTED =
            Set.of("items", "prefixItems", "anyOf", "oneOf", "allOf", "additionalProperties");

    /** Where one of them stands, a schema without type is not one of everything. */
    private static final Set<String> NARROWING =
            Set.of("$ref", "enum", "const", "anyOf", "oneOf", "allOf");

    private OpenSchema() {}

    /**
     * Is it an object's schema, with an object, itself or within, that is not closed?
     *
     * @param json the schema; what is no JSON is not one
     */
    public static boolean isObject(String json) {
        return JsonValues.read(json.getBytes(StandardCharsets.UTF_8)) instanceof Map<?, ?> schema
                && "object".equals(schema.get("type"))
                && isOpen(schema);
    }

    private static boolean isOpen(@Nullable Object schema) {
        if (!(schema instanceof Map<?, ?> map)) {
            return Boolean.TRUE.equals(schema); // anything at all
        }
        boolean closed = Boolean.FALSE.equals(map.get("additionalProperties"));
        return (takesObjects(map) && !closed) || parts(map).anyMatch(OpenSchema::isOpen);
    }

    private static boolean takesObjects(Map<?, ?> schema) {
        return switch (schema.get("type")) {
            case null -> NARROWING.stream().noneMatch(schema::containsKey);
            case Collection<?> several -> several.contains("object");
            case Object one -> one.equals("object");
        };
    }

    /** The schemas right within a schema; not the values of {@code enum} and the like. */
    private static Stream<@Nullable Object> parts(Map<?, ?> schema) {
        return schema.entrySet().stream()
                .flatMap(entry -> {
                    Object value = entry.getValue();
                    if (NAMED.contains(entry.getKey()) && value instanceof Map<?, ?> map) {
                        return map.values().stream();
                    }
                    if (!NESTED.contains(entry.getKey())) {
                        return Stream.empty();
                    }
                    return value instanceof List<?> list ? list.stream() : Stream.of(value);
                });
    }
}
