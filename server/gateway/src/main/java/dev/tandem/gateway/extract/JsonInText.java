package dev.tandem.gateway.extract;

/**
 * Finds the first JSON object in a growing text: models put words and code fences around it. For
 * one thread.
 */
final class JsonInText {
    private boolean begun;
    private boolean complete;
    private boolean inString;
    private boolean escaped;
    private int depth;

    /** Goes on by a piece of the text; returns what of it is of the object. */
    String take(String piece) {
        int from = begun ? 0 : piece.indexOf('{');
        if (complete || from < 0) {
            return "";
        }
        begun = true;
        int at = from;
        while (at < piece.length() && !complete) {
            take(piece.charAt(at++));
        }
        return piece.substring(from, at);
    }

    private void take(char c) {
        if (inString) {
            inString = c != '"' || escaped;
            escaped = c == '\\' && !escaped;
            return;
        }
        switch (c) {
            case '"' -> inString = true;
            case '{', '[' -> depth++;
            case '}', ']' -> {
                depth--;
                complete = depth <= 0;
            }
            default -> {}
        }
    }

    /** Has the object come to its end? */
    boolean complete() {
        return complete;
    }
}
