package dev.tandem.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;

/** Lines to take away and to add, between lines that stay, as {@code diff -u} writes them. */
final class Diff {
    private static final String NEXT = "@@\n";

    private Diff() {}

    /** The text after the change. Each part must fit one place of it, and no other. */
    static String apply(String diff, String text) {
        String changed = text;
        for (String part : diff.split("(?m)^" + NEXT, -1)) {
            String before = lines(part, '-');
            String whole = "\n" + changed;
            int place = whole.indexOf("\n" + before);
            assertThat(place).as("places of\n%sin\n%s", part, changed).isNotNegative();
            assertThat(whole.lastIndexOf("\n" + before))
                    .as("places of\n%sin\n%s", part, changed)
                    .isEqualTo(place);
            changed =
                    changed.substring(0, place)
                            + lines(part, '+')
                            + changed.substring(place + before.length());
        }
        return changed;
    }

    /** The lines that stay, and those with the mark. */
    private static String lines(String part, char mark) {
        List<String> lines = part.lines().toList();
        return lines.stream()
                .filter(line -> line.isEmpty() || line.charAt(0) == ' ' || line.charAt(0) == mark)
                .map(line -> line.isEmpty() ? "\n" : line.substring(1) + "\n")
                .collect(Collectors.joining());
    }
}
