package dev.tandem.gateway.config.source;

/**
 * What is wrong, where, and what would be right. Holds nothing of a secret's value.
 *
 * @param text a sentence, or several, that names the place and the key; in one line
 */
public record Problem(String text) {
    private static final int LONGEST = 80;

    /** Keeps it in one line. */
    public Problem {
        text = text.replaceAll("\\p{Cntrl}", " ");
    }

    /** A problem with the value of a key. */
    public static Problem of(Origin origin, String path, String sentence) {
        return new Problem(
                origin.namesTheKey()
                        ? origin.text() + ": " + sentence
                        : origin.text() + ": " + path + ": " + sentence);
    }

    /** A problem with a place that belongs to no key. */
    public static Problem at(Origin origin, String sentence) {
        return new Problem(origin.text() + ": " + sentence);
    }

    /** Some value in quotes, cut where it is long, and without what would break the line. */
    public static String quoted(String value) {
        String line = value.replaceAll("\\p{Cntrl}", " ");
        int end =
                line.offsetByCodePoints(
                        0, Math.min(LONGEST, line.codePointCount(0, line.length())));
        return "'" + (end < line.length() ? line.substring(0, end) + "…" : line) + "'";
    }

    @Override
    public String toString() {
        return text;
    }
}
