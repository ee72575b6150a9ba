package dev.tandem.upstream.ask;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object that a server told. What is absent or of another type is empty, 0 or false: servers add
 * and leave out fields as they like.
 *
 * @param members by name; numbers are exact
 */
public record Told(Map<?, ?> members) {
    private static final Told NOTHING = new Told(Map.of());

    /** The object in a JSON text; null where it is none. */
    public static @Nullable Told read(byte[] json, int offset, int length) {
        return JsonValues.read(json, offset, length) instanceof Map<?, ?> map
                ? new Told(map)
                : null;
    }

    /** The object in a JSON text; null where it is none. */
    public static @Nullable Told read(byte[] json) {
        return read(json, 0, json.length);
    }

    /** Is there such a member, and not null? */
    public boolean has(String name) {
        return members.get(name) != null;
    }

    /** A text. */
    public String text(String name) {
        return members.get(name) instanceof String text ? text : "";
    }

    /** A flag. */
    public boolean flag(String name) {
        return Boolean.TRUE.equals(members.get(name));
    }

    /** A number of things, at least 0. */
    public int count(String name) {
        return (int) Math.min(Integer.MAX_VALUE, size(name));
    }

    /** A number of bytes, at least 0. */
    public long size(String name) {
        return members.get(name) instanceof Number number ? Math.max(0, number.longValue()) : 0;
    }

    /** A number; 0 where there is none. */
    public double number(String name) {
        return members.get(name) instanceof Number number ? number.doubleValue() : 0;
    }

    /** The whole numbers of a list within. */
    public List<Integer> integers(String name) {
        return list(name).stream()
                .filter(Number.class::isInstance)
                .map(item -> ((Number) item).intValue())
                .toList();
    }

    /** An object within; one without members where there is none. */
    public Told object(String name) {
        return members.get(name) instanceof Map<?, ?> map ? new Told(map) : NOTHING;
    }

    /** A list within. */
    public List<?> list(String name) {
        return members.get(name) instanceof List<?> list ? list : List.of();
    }

    /** The objects of a list within. */
    public List<Told> objects(String name) {
        return list(name).stream()
                .filter(Map.class::isInstance)
                .map(item -> new Told((Map<?, ?>) item))
                .toList();
    }

    /** A member as JSON text. */
    public String json(String name) {
        return JsonObject.text(members.get(name));
    }
}
