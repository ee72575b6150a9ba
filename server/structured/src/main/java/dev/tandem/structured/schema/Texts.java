package dev.tandem.structured.schema;

import dev.tandem.structured.pattern.Automaton;
import dev.tandem.structured.schema.Schema.StringValue;

/** The automaton of a string's rules: length, patterns and formats together. */
public final class Texts {
    private Texts() {}

    /**
     * The strings that fit.
     *
     * @throws dev.tandem.structured.pattern.PatternRefused where a pattern is not regular, or the
     *     automaton too large
     */
    public static Automaton of(StringValue strings) {
        Integer most = strings.most();
        Automaton all = Automaton.ofLength(strings.least(), most == null ? -1 : most);
        boolean anyLength = strings.least() == 0 && most == null;
        for (String pattern : strings.patterns()) {
            Automaton found = Automaton.ofPattern(pattern);
            all = anyLength ? found : all.and(found);
            anyLength = false;
        }
        for (Format format : strings.formats()) {
            all = anyLength ? format.texts() : all.and(format.texts());
            anyLength = false;
        }
        return all;
    }
}
