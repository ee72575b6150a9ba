package dev.tandem.llamacpp.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes template values of what comes from outside: strings, numbers, booleans, lists, maps and
 * null.
 */
final class InputConversion {
    private static final int MAX_DEPTH = Limits.STANDARD.depth();

    /**
     * What the keys role and type may hold without being the caller's: words that name no control
     * token anywhere.
     */
    private static final Set<String> WELL_KNOWN =
            Set.of(
                    "system",
                    "developer",
                    "user",
                    "assistant",
                    "tool",
                    "function",
                    "text",
                    "image",
                    "string",
                    "number",
                    "integer",
                    "boolean",
                    "array",
                    "object",
                    "null");

    private static final Set<String> KEYS_OF_WELL_KNOWN = Set.of("role", "type");

    private final boolean fromCaller;
    private int depth;

    private InputConversion(boolean fromCaller) {
        this.fromCaller = fromCaller;
    }

    /** A value of our own: its strings are trusted like the template's. */
    static Value trusted(@Nullable Object value) {
        return new InputConversion(false).convert(value);
    }

    /**
     * A value whose strings, also those that are keys, the caller wrote, but for well-known roles
     * and types.
     */
    static Value fromCaller(@Nullable Object value) {
        return new InputConversion(true).convert(value);
    }

    private Value convert(@Nullable Object value) {
        return switch (value) {
            case null -> Value.None.NONE;
            case String text -> text(text);
            case Boolean bool -> Value.Bool.of(bool);
            case Number number -> number(number);
            case List<?> list -> list(list);
            case Map<?, ?> map -> map(map);
            default ->
                    throw new IllegalArgumentException(
                            "A chat template takes strings, numbers, booleans, lists, maps and null, not "
                                    + value.getClass().getName());
        };
    }

    private Text text(String text) {
        return fromCaller ? Text.fromCaller(text) : Text.trusted(text);
    }

    private static Num number(Number number) {
        return switch (number) {
            case Double real -> Num.of(real.doubleValue());
            case Float real -> Num.of(Double.parseDouble(real.toString()));
            case BigInteger whole -> Num.of(whole);
            case BigDecimal real -> Num.of(real.doubleValue());
            default -> Num.of(number.longValue());
        };
    }

    private Seq list(List<?> list) {
        enter();
        List<Value> items = new ArrayList<>(list.size());
        for (Object item : list) {
            items.add(convert(item));
        }
        depth--;
        return Seq.list(items);
    }

    private Dict map(Map<?, ?> map) {
        enter();
        Map<Value, Value> entries = LinkedHashMap.newLinkedHashMap(map.size());
        map.forEach((key, value) -> entries.put(text(String.valueOf(key)), entry(key, value)));
        depth--;
        return new Dict(entries);
    }

    private Value entry(@Nullable Object key, @Nullable Object value) {
        boolean enumerated = key instanceof String name && KEYS_OF_WELL_KNOWN.contains(name);
        return enumerated && value instanceof String word && WELL_KNOWN.contains(word)
                ? Text.trusted(word)
                : convert(value);
    }

    private void enter() {
        if (++depth > MAX_DEPTH) {
            throw TemplateException.limit("the input is nested more than " + MAX_DEPTH + " deep");
        }
    }
}
