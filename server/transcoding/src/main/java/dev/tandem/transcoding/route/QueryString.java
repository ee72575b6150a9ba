package dev.tandem.transcoding.route;

import dev.tandem.transcoding.json.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parameters of a query, as forms encode them (WHATWG URL, application/x-www-form-urlencoded).
 */
public final class QueryString {
    private QueryString() {}

    /**
     * Reads a query.
     *
     * @param raw as it was sent, without the question mark; may be empty
     * @return names and values, decoded, in order; a name without {@code =} has an empty value
     * @throws ParameterException where it is not percent-encoded UTF-8
     */
    public static Map<String, List<String>> parse(String raw) throws ParameterException {
        if (raw.isEmpty()) {
            return Map.of();
        }
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : raw.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
                parameters.computeIfAbsent(name, key -> new ArrayList<>(1)).add(value);
            }
        }
        return parameters;
    }

    private static String decoded(String text) throws ParameterException {
        try {
            return PercentDecoding.all(text.replace('+', ' '));
        } catch (PercentDecoding.MalformedException e) {
            throw new ParameterException(
                    List.of(
                            new Violation(
                                    "", "unicode", "The query must be percent-encoded UTF-8.")),
                    null);
        }
    }
}
