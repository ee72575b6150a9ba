package dev.tandem.llamacpp;

import dev.tandem.v1.ChatRequest;
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
    private static final Set<String> KNOWN =
            new TreeSet<>(Set.of("top_k", "min_p", "chat_template_kwargs"));

    static Extras of(ChatRequest request) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        request.getExtraMap().forEach((name, json) -> values.put(name, read(name, json)));
        return new Extras(
                topK(values.get("top_k")),
                minP(values.get("min_p")),
                arguments(values.get("chat_template_kwargs")));
    }

    private static @Nullable Object read(String name, String json) {
        if (!KNOWN.contains(name)) {
            throw Refusals.unsupported(
                    name,
                    "This model knows no field `"
                            + name
                            + "`; beyond the API it knows "
                            + String.join(", ", KNOWN)
                            + ".");
        }
        try {
            return JsonTree.read(json);
        } catch (IllegalArgumentException e) {
            throw Refusals.unsupported(name, "The value is not JSON.");
        }
    }

    private static @Nullable Integer topK(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof Long number && number >= 1 && number <= Integer.MAX_VALUE) {
            return number.intValue();
        }
        throw Refusals.unsupported("top_k", "The value must be a whole number of at least 1.");
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
        throw Refusals.unsupported("min_p", "The value must be a number from 0 to 1.");
    }

    private static Map<String, @Nullable Object> arguments(@Nullable Object value) {
        Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, argument) -> arguments.put((String) name, argument));
        } else if (value != null) {
            throw Refusals.unsupported("chat_template_kwargs", "The value must be an object.");
        }
        return arguments;
    }
}
