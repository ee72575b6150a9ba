package dev.tandem.transcoding.openapi;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Makes valid values of schemas: the same at every run, as small as the rules allow. Of a schema
 * for which none is found there is no example.
 */
final class Examples {
    private static final int DEEPEST = 12;
    private static final String REF = "#/components/schemas/";

    /** Tried in turn where a string has a pattern. */
    private static final List<String> TEXTS =
            List.of(
                    "string",
                    "a",
                    "A",
                    "1",
                    "0",
                    "12",
                    "1s",
                    "a@example.com",
                    "example.com",
                    "a/b",
                    "a-b",
                    "a_b",
                    "a.b",
                    "0a",
                    "AAAA",
                    "abc123",
                    "/a",
                    ".a",
                    "#aabbcc",
                    "2026-01-31",
                    "true",
                    "+15551234567",
                    "en",
                    "en-US",
                    "EUR",
                    "0123456789abcdef0123456789abcdef",
                    "01ARZ3NDEKTSV4RRFFQ69G5FAV",
                    "");

    private final JsonObject schemas;

    /**
     * @param schemas those of the document, by name
     */
    Examples(JsonObject schemas) {
        this.schemas = schemas;
    }

    /** Empty where none is found. */
    Optional<JsonValue> of(JsonObject schema) {
        return value(schema, 0);
    }

    private Optional<JsonValue> value(JsonObject schema, int depth) {
        if (depth > DEEPEST) {
            return Optional.empty();
        }
        if (schema.containsKey("const")) {
            return Optional.of(schema.get("const"));
        }
        for (String given : List.of("examples", "enum")) {
            if (schema.get(given) instanceof JsonArray values && !values.isEmpty()) {
                return Optional.of(values.getFirst());
            }
        }
        if (schema.get("$ref") instanceof JsonString ref) {
            String name = ref.getString().substring(REF.length());
            return Optional.ofNullable(schemas.getJsonObject(name))
                    .flatMap(named -> value(named, depth + 1));
        }
        for (String union : List.of("oneOf", "anyOf")) {
            if (schema.get(union) instanceof JsonArray forms && !schema.containsKey("type")) {
                return forms.stream()
                        .map(form -> value(form.asJsonObject(), depth + 1))
                        .flatMap(Optional::stream)
                        .findFirst();
            }
        }
        return ofType(schema, depth);
    }

    private Optional<JsonValue> ofType(JsonObject schema, int depth) {
        return switch (type(schema)) {
            case "string" -> text(schema);
            case "integer", "number" -> number(schema);
            case "boolean" -> Optional.of(JsonValue.TRUE);
            case "null" -> Optional.of(JsonValue.NULL);
            case "array" -> list(schema, depth);
            case "object" -> object(schema, depth);
            default -> Optional.of(JsonValue.EMPTY_JSON_OBJECT);
        };
    }

    private static String type(JsonObject schema) {
        return switch (schema.get("type")) {
            case JsonString one -> one.getString();
            case JsonArray several -> several.getString(0);
            case null, default -> "";
        };
    }

    private static Optional<JsonValue> text(JsonObject schema) {
        String format = schema.getString("format", "");
        List<String> candidates =
                switch (format) {
                    case "date-time" -> List.of("2026-01-31T12:00:00Z");
                    case "email" -> List.of("ada@example.com");
                    case "hostname" -> List.of("example.com");
                    case "ipv4" -> List.of("192.0.2.1");
                    case "ipv6" -> List.of("2001:db8::1");
                    case "uri", "uri-reference" -> List.of("https://example.com/");
                    case "uuid" -> List.of("123e4567-e89b-42d3-a456-426614174000");
                    default -> TEXTS;
                };
        return candidates.stream()
                .map(text -> sized(schema, text))
                .filter(text -> fits(schema, text))
                .map(text -> (JsonValue) Node.JSON.createValue(text))
                .findFirst();
    }

    private static String sized(JsonObject schema, String text) {
        int least = schema.getInt("minLength", 0);
        int most = schema.getInt("maxLength", Integer.MAX_VALUE);
        String longer =
                text.length() < least && !text.isEmpty()
                        ? text.repeat((least + text.length() - 1) / text.length())
                        : text;
        return longer.length() > most ? longer.substring(0, most) : longer;
    }

    private static boolean fits(JsonObject schema, String text) {
        int least = schema.getInt("minLength", 0);
        if (text.length() < least || !matches(schema, text)) {
            return false;
        }
        if (schema.get("allOf") instanceof JsonArray all
                && !all.stream().allMatch(each -> matches(each.asJsonObject(), text))) {
            return false;
        }
        return !(schema.get("not") instanceof JsonObject not) || !excluded(not, text);
    }

    private static boolean excluded(JsonObject not, String text) {
        if (not.get("anyOf") instanceof JsonArray any) {
            return any.stream().anyMatch(each -> excluded(each.asJsonObject(), text));
        }
        if (not.get("enum") instanceof JsonArray values) {
            return values.contains(Node.JSON.createValue(text));
        }
        return not.containsKey("pattern") && matches(not, text);
    }

    private static boolean matches(JsonObject schema, String text) {
        try {
            return !(schema.get("pattern") instanceof JsonString pattern)
                    || Pattern.compile(pattern.getString()).matcher(text).find();
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    private static Optional<JsonValue> number(JsonObject schema) {
        BigDecimal least = bound(schema, "minimum");
        BigDecimal above = bound(schema, "exclusiveMinimum");
        BigDecimal most = bound(schema, "maximum");
        BigDecimal below = bound(schema, "exclusiveMaximum");
        List<BigDecimal> candidates =
                new ArrayList<>(List.of(BigDecimal.ONE, BigDecimal.ZERO, new BigDecimal("0.5")));
        if (least != null) {
            candidates.add(least);
        }
        if (most != null) {
            candidates.add(most);
        }
        if (above != null) {
            candidates.add(above.add(BigDecimal.ONE));
        }
        if (below != null) {
            candidates.add(below.subtract(BigDecimal.ONE));
        }
        boolean integral = type(schema).equals("integer");
        return candidates.stream()
                .filter(value -> least == null || value.compareTo(least) >= 0)
                .filter(value -> most == null || value.compareTo(most) <= 0)
                .filter(value -> above == null || value.compareTo(above) > 0)
                .filter(value -> below == null || value.compareTo(below) < 0)
                .filter(value -> !integral || value.stripTrailingZeros().scale() <= 0)
                .map(Examples::json)
                .filter(value -> !isExcluded(schema, value))
                .findFirst();
    }

    private static JsonValue json(BigDecimal value) {
        return value.scale() <= 0
                ? Node.JSON.createValue(value.toBigIntegerExact())
                : Node.JSON.createValue(value);
    }

    private static boolean isExcluded(JsonObject schema, JsonValue value) {
        return schema.get("not") instanceof JsonObject not
                && not.get("enum") instanceof JsonArray values
                && values.contains(value);
    }

    private static @Nullable BigDecimal bound(JsonObject schema, String key) {
        return schema.get(key) instanceof JsonNumber number ? number.bigDecimalValue() : null;
    }

    private Optional<JsonValue> list(JsonObject schema, int depth) {
        int least = schema.getInt("minItems", 0);
        JsonArrayBuilder list = Node.JSON.createArrayBuilder();
        if (schema.get("items") instanceof JsonObject items && least > 0) {
            Optional<JsonValue> item = value(items, depth + 1);
            if (item.isEmpty() || (least > 1 && schema.getBoolean("uniqueItems", false))) {
                return Optional.empty();
            }
            for (int i = 0; i < least; i++) {
                list.add(item.get());
            }
        }
        return Optional.of(list.build());
    }

    private Optional<JsonValue> object(JsonObject schema, int depth) {
        Node object = new Node();
        Set<String> required = new HashSet<>();
        if (schema.get("required") instanceof JsonArray names) {
            names.forEach(name -> required.add(((JsonString) name).getString()));
        }
        if (schema.get("allOf") instanceof JsonArray all) {
            all.forEach(each -> required.addAll(firstCase(each.asJsonObject())));
        }
        if (schema.get("properties") instanceof JsonObject properties) {
            for (String name : properties.keySet()) {
                if (required.contains(name)) {
                    Optional<JsonValue> value = value(properties.getJsonObject(name), depth + 1);
                    if (value.isEmpty()) {
                        return Optional.empty();
                    }
                    object.put(name, value.get());
                }
            }
        }
        return schema.getInt("minProperties", 0) > 0 && object.isEmpty()
                ? Optional.empty()
                : Optional.of(object.json());
    }

    /** What the first of the cases needs that exclude each other, unless none may be. */
    private static Set<String> firstCase(JsonObject exclusion) {
        Set<String> needed = new HashSet<>();
        if (exclusion.get("oneOf") instanceof JsonArray cases
                && cases.getLast() instanceof JsonObject last
                && last.containsKey("required")
                && cases.getFirst() instanceof JsonObject first) {
            first.getJsonArray("required")
                    .forEach(name -> needed.add(((JsonString) name).getString()));
        }
        return needed;
    }
}
