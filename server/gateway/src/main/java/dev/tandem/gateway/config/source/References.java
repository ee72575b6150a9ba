package dev.tandem.gateway.config.source;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Follows {@code ${NAME}} and {@code ${NAME:-default}} in the values of a file; {@code $$} is a
 * dollar sign. A variable that is set to nothing counts as not set.
 *
 * @param variables the value of a variable, or null
 */
record References(Function<String, @Nullable String> variables) {

    /** What cannot be followed. */
    static final class BrokenReference extends Exception {
        private static final long serialVersionUID = 1;

        BrokenReference(String message) {
            super(message);
        }
    }

    /** The text with its references followed. */
    String followed(String text) throws BrokenReference {
        if (text.indexOf('$') < 0) {
            return text;
        }
        StringBuilder followed = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith("$$", at)) {
                followed.append('$');
                at += 2;
            } else if (text.startsWith("${", at)) {
                int end = text.indexOf('}', at);
                if (end < 0) {
                    throw new BrokenReference(
                            "'${' has no '}' behind it; write '$$' for a dollar sign.");
                }
                followed.append(value(text.substring(at + 2, end)));
                at = end + 1;
            } else {
                followed.append(text.charAt(at++));
            }
        }
        return followed.toString();
    }

    private String value(String reference) throws BrokenReference {
        int colon = reference.indexOf(":-");
        String name = colon < 0 ? reference : reference.substring(0, colon);
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw new BrokenReference(
                    "'${' must be followed by the name of a variable: letters, digits and '_'; write"
                            + " '$$' for a dollar sign.");
        }
        String value = variables.apply(name);
        if (value != null && !value.isBlank()) {
            return value;
        }
        if (colon < 0) {
            throw new BrokenReference(
                    "the variable %s is not set; set it, or write ${%s:-default}."
                            .formatted(name, name));
        }
        return reference.substring(colon + 2);
    }
}
