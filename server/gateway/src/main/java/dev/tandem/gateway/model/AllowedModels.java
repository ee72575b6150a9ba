package dev.tandem.gateway.model;

import dev.tandem.runtime.auth.Caller;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which models a caller may use: those whose own names one of its patterns fits, and all where it
 * has no patterns.
 *
 * @param patterns names of models, in which {@code *} stands for any characters
 */
record AllowedModels(List<String> patterns) {
    /** The attribute of callers that has the patterns. */
    static final String ATTRIBUTE = "models";

    private static final List<String> EVERY_ONE = List.of("*");

    static AllowedModels of(Caller caller) {
        return new AllowedModels(caller.attribute(ATTRIBUTE).orElse(EVERY_ONE));
    }

    /**
     * @param name the model's own, not an alias, which may lead elsewhere tomorrow
     */
    boolean allow(String name) {
        return patterns.stream().anyMatch(pattern -> fits(pattern, name));
    }

    private static boolean fits(String pattern, String name) {
        return pattern.equals("*")
                || pattern.equals(name)
                || (pattern.contains("*") && name.matches(regex(pattern)));
    }

    private static String regex(String pattern) {
        return Stream.of(pattern.split("[*]+", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
    }
}
