package dev.tandem.tutorial;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the page shows that commands print. */
final class Output {
    private static final String ANYTHING = "…";

    private Output() {}

    /** For what is printed: the text of the page, in which {@code …} stands for anything. */
    static Pattern pattern(String shown) {
        String quoted =
                Arrays.stream(shown.strip().split(ANYTHING, -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*"));
        return Pattern.compile(quoted, Pattern.DOTALL);
    }
}
