package dev.tandem.llamacpp;

import dev.tandem.engines.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The fields beyond the contract that this engine knows. Others are refused: a misspelt field must
 * not vanish.
 *
 * @param topK sample from so many of the likeliest tokens only, at least 1; null for all
 * @param minP leave out tokens less likely than this share of the likeliest one, 0 to 1; null for
 *     none
 * @param templateArguments variables for the chat template ({@code enable_thinking})
 */
record Extras(
        @Nullable Integer topK,
        @Nullable Double minP,
        Map<String, @Nullable Object> templateArguments) {
    /** Of a chat request. */
    static final Set<String> OF_CHAT = Set.of("top_k", "min_p", "chat_template_kwargs");

    /** Of a completion request. */
    static final Set<String> OF_COMPLETION = Set.of("top_k", "min_p");

    /**
     * Reads the fields of a request.
     *
     * @param known those that such a request may have
     */
    static Extras of(Map<String, String> fields, Set<String> known) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        fields.forEach((name, json) -> values.put(name, read(name, json, known)));
        return new Extras(
                topK(values.get("top_k")),
                minP(values.get("min_p")),
                arguments(values.get("chat_template_kwargs")));
    }

    private static @Nullable Object read(String name, String json, Set<String> known) {
        if (!known.contains(name)) {
            throw Refusal.unsupportedValue(
                    name,
                    "This model knows no field `"
                            + name
                            + "`; beyond the API it knows "
                            + String.join(", ", new TreeSet<>(known))
                            + ".");
        }
        try {
            return JsonTree.read(json);
        } catch (IllegalArgumentException e) {
            throw Refusal.unsupportedValue(name, "The value is not JSON.");
        }
    }

    private static @Nullable Integer topK(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof Long number && number >= 1 && number <= Integer.MAX_VALUE) {
            return number.intValue();
        }
        throw Refusal.unsupportedValue("top_k", "The value must be a whole number of at least 1.");
    }

    private static @Nullable Double minP(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof Number number
                && number.doubleValue() >= 0
                && number.doubleValue() <= 1) {
            return number.doubleValue();
        }
        throw Refusal.unsupportedValue("min_p", "The value must be a number from 0 to 1.");
    }

    private static Map<String, @Nullable Object> arguments(@Nullable Object value) {
        Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, argument) -> arguments.put((String) name, argument));
        } else if (value != null) {
            throw Refusal.unsupportedValue("chat_template_kwargs", "The value must be an object.");
        }
        return arguments;
    }
}
