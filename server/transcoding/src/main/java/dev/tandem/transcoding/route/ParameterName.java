package dev.tandem.transcoding.route;

import org.jspecify.annotations.Nullable;

/**
 * The name of a query parameter: the path of a field, and for an entry of a map its key in brackets
 * behind it.
 *
 * @param text as it was sent, decoded: {@code labels[env]}
 * @param field the path of the field: {@code labels}
 * @param key the entry's key; null where there are no brackets
 */
record ParameterName(String text, String field, @Nullable String key) {
    static ParameterName of(String text) {
        int bracket = text.indexOf('[');
        return bracket > 0 && text.endsWith("]")
                ? new ParameterName(
                        text,
                        text.substring(0, bracket),
                        text.substring(bracket + 1, text.length() - 1))
                : new ParameterName(text, text, null);
    }
}
