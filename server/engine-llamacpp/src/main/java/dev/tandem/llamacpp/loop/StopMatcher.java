package dev.tandem.llamacpp.loop;

import java.util.List;

/**
 * Finds the first stop string in a text that arrives in parts, and holds back what may become one.
 */
final class StopMatcher {
    private final List<String> stops;
    private final StringBuilder held = new StringBuilder();
    private boolean matched;

    StopMatcher(List<String> stops) {
        this.stops = stops;
    }

    /** Whether a stop string came; then the text is over. */
    boolean matched() {
        return matched;
    }

    /** The text that is now known not to be part of a stop string. */
    String push(String text) {
        if (matched || text.isEmpty()) {
            return "";
        }
        if (stops.isEmpty()) {
            return text;
        }
        held.append(text);
        int end = firstStop();
        matched = end >= 0;
        if (!matched) {
            end = held.length() - longestOpenPrefix();
        }
        String free = held.substring(0, end);
        held.delete(0, matched ? held.length() : end);
        return free;
    }

    /** The text that was held back, once no more comes. */
    String finish() {
        String rest = held.toString();
        held.setLength(0);
        return rest;
    }

    private int firstStop() {
        int first = -1;
        for (String stop : stops) {
            int at = held.indexOf(stop);
            if (at >= 0 && (first < 0 || at < first)) {
                first = at;
            }
        }
        return first;
    }

    /** How many characters at the end are the beginning of a stop string. */
    private int longestOpenPrefix() {
        int longest = 0;
        for (String stop : stops) {
            int most = Math.min(stop.length() - 1, held.length());
            for (int length = most; length > longest; length--) {
                if (stop.startsWith(held.substring(held.length() - length))) {
                    longest = length;
                }
            }
        }
        return longest;
    }
}
