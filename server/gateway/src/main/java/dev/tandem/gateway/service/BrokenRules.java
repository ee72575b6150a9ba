package dev.tandem.gateway.service;

import dev.tandem.runtime.call.ApiError.Violation;
import java.util.ArrayList;
import java.util.List;

/** Collects the rules that a request breaks, so that all are told at once. */
final class BrokenRules {
    private final List<Violation> all = new ArrayList<>(0);

    /**
     * A rule is broken.
     *
     * @param field the path in the names of the JSON
     * @param message a sentence without subject: {@code Must be given.}
     */
    void add(String field, String rule, String message) {
        all.add(new Violation(field, rule, message));
    }

    /** In the order in which they were found. */
    List<Violation> all() {
        return all;
    }
}
