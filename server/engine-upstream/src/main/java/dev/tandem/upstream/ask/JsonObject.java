package dev.tandem.upstream.ask;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * An object to be sent, its members in the order in which they were put. A value is a String, a
 * Number, a Boolean, a List, a Map, a {@link RawJson}, an object like this, or null. Used by one
 * thread.
 */
public final class JsonObject {
    private static final JsonFactory JSON = new JsonFactory();

    private final Map<String, @Nullable Object> members = new LinkedHashMap<>();

    /** With a first member. */
    public static JsonObject of(String name, Object value) {
        return new JsonObject().put(name, value);
    }

    /** One more member. */
    public JsonObject put(String name, Object value) {
        members.put(name, value);
        return this;
    }

    /** Has it no member? */
    public boolean isEmpty() {
        return members.isEmpty();
    }

    /** As JSON text in UTF-8. */
    public byte[] bytes() {
        return bytes(this);
    }

    /** A value as JSON text. */
    public static String text(@Nullable Object value) {
        return new String(bytes(value), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(@Nullable Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json =
                JSON.createGenerator(ObjectWriteContext.empty(), out, JsonEncoding.UTF8)) {
            write(value, json);
        }
        return out.toByteArray();
    }

    private static void write(@Nullable Object value, JsonGenerator json) {
        switch (value) {
            case null -> json.writeNull();
            case String text -> json.writeString(text);
            case Boolean flag -> json.writeBoolean(flag);
            case Number number -> number(number, json);
            case RawJson raw -> json.writeRawValue(raw.text());
            case JsonObject object -> members(object.members, json);
            case Map<?, ?> map -> members(map, json);
            case List<?> list -> {
                json.writeStartArray();
                list.forEach(item -> write(item, json));
                json.writeEndArray();
            }
            default -> throw new IllegalArgumentException("no JSON: " + value.getClass());
        }
    }

    private static void members(Map<?, ?> members, JsonGenerator json) {
        json.writeStartObject();
        members.forEach((name, value) -> {
            json.writeName(String.valueOf(name));
            write(value, json);
        });
        json.writeEndObject();
    }

    private static void number(Number number, JsonGenerator json) {
        switch (number) {
            case BigDecimal decimal -> json.writeNumber(decimal);
            case BigInteger integer -> json.writeNumber(integer);
            case Double fraction -> json.writeNumber(fraction);
            default -> json.writeNumber(number.longValue());
        }
    }
}
