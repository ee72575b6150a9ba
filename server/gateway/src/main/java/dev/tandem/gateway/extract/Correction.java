package dev.tandem.gateway.extract;

import dev.tandem.structured.check.Violation;
import java.util.List;
import java.util.stream.Collectors;

/** The words by which a model is told what is wrong with its answer. Of bounded length. */
final class Correction {
    /** The most items that are asked for again at once. */
    static final int MOST_ITEMS = 10;

    private static final int MOST = 10;
    private static final int LONGEST_PLACE = 120;
    private static final int LONGEST_SENTENCE = 200;
    private static final int LONGEST_ITEM = 500;

    /** As much of an answer as is shown again. */
    private static final int LONGEST_ANSWER = 16 << 10;

    private Correction() {}

    static String ofObject(List<Violation> broken) {
        return "This is not valid:\n"
                + lines(broken)
                + "\nAnswer again with the whole corrected JSON alone.";
    }

    /**
     * Asks for items again.
     *
     * @param items at most {@link #MOST_ITEMS}
     */
    static String ofItems(List<BrokenItem> items) {
        return "These items are not valid:\n"
                + items.stream()
                        .map(item -> cut(item.text(), LONGEST_ITEM) + "\n" + lines(item.broken()))
                        .collect(Collectors.joining("\n"))
                + "\nAnswer with a JSON object whose list \""
                + ListSchema.ITEMS
                + "\" has these items alone, corrected.";
    }

    /** What a model is shown of its own answer. */
    static String shown(String answer) {
        return answer.isBlank() ? "(no answer)" : cut(answer, LONGEST_ANSWER);
    }

    private static String lines(List<Violation> broken) {
        return broken.stream()
                .limit(MOST)
                .map(violation ->
                        "- "
                                + (violation.pointer().isEmpty()
                                        ? "the JSON"
                                        : cut(violation.pointer(), LONGEST_PLACE))
                                + ": "
                                + cut(violation.sentence(), LONGEST_SENTENCE))
                .collect(Collectors.joining("\n"));
    }

    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end) + "…";
    }
}
