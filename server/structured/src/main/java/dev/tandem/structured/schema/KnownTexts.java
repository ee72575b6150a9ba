package dev.tandem.structured.schema;

import dev.tandem.structured.pattern.Automaton;
import dev.tandem.structured.pattern.PatternRefused;
import dev.tandem.structured.schema.Schema.StringValue;
import java.util.HashMap;
import java.util.Map;

/** The automata of one schema's strings, each made once, bounded together. */
final class KnownTexts {
    private static final int MAX_STATES = 10_000;

    private final Map<StringValue, Automaton> known = new HashMap<>();
    private int states;

    /**
     * The strings that fit.
     *
     * @throws PatternRefused where a pattern is not regular, or an automaton too large
     * @throws Undecided where all of them together are too large
     */
    Automaton of(StringValue strings) {
        Automaton texts = known.get(strings);
        if (texts == null) {
            texts = made(strings);
            known.put(strings, texts);
        }
        return texts;
    }

    /**
     * Whether no string fits both.
     *
     * @throws Undecided where it is too much work to tell
     */
    boolean areApart(StringValue one, StringValue other) {
        try {
            Automaton both = of(one).and(of(other));
            spend(both.states().size());
            return both.isEmpty();
        } catch (PatternRefused e) {
            spend(Automaton.MAX_STATES);
            return false;
        }
    }

    private Automaton made(StringValue strings) {
        if (states > MAX_STATES) {
            throw new Undecided("the patterns of the schema are too large together");
        }
        try {
            Automaton texts = Texts.of(strings);
            spend(texts.states().size());
            return texts;
        } catch (PatternRefused e) {
            spend(Automaton.MAX_STATES);
            throw e;
        }
    }

    private void spend(int more) {
        states += more;
        if (states > MAX_STATES) {
            throw new Undecided("the patterns of the schema are too large together");
        }
    }
}
