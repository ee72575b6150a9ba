package dev.tandem.gateway.answer;

import dev.tandem.structured.check.SchemaCheck;

/**
 * A growing text of which no more is kept than can be checked, and one character, so that the check
 * says that it is too long.
 */
final class BoundedText {
    private final StringBuilder text = new StringBuilder();

    void add(String more) {
        int room = SchemaCheck.MAX_CHARACTERS + 1 - text.length();
        text.append(more, 0, Math.clamp(room, 0, more.length()));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
