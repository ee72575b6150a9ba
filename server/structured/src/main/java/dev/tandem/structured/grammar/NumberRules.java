package dev.tandem.structured.grammar;

import dev.tandem.structured.pattern.Automaton;
import dev.tandem.structured.pattern.Automaton.State;
import dev.tandem.structured.pattern.Automaton.Step;
import dev.tandem.structured.schema.Schema.NumberValue;
import java.util.ArrayList;
import java.util.List;

/** The rules of numbers: their digits as an automaton. */
final class NumberRules {
    private final Rules rules;

    NumberRules(Rules rules) {
        this.rules = rules;
    }

    String rule(NumberValue number) {
        Automaton spellings = NumberTexts.of(number);
        if (spellings.isEmpty()) {
            throw new TooLarge("a number must have more digits than can be written");
        }
        List<String> ofStates = new ArrayList<>();
        spellings.states().forEach(state -> ofStates.add(rules.reserve("number")));
        for (int i = 0; i < ofStates.size(); i++) {
            State state = spellings.states().get(i);
            List<String> all = new ArrayList<>();
            for (Step step : state.steps()) {
                all.add(Gbnf.set(step.on()) + " " + ofStates.get(step.to()));
            }
            if (state.accepts()) {
                all.add(Gbnf.EMPTY);
            }
            rules.define(ofStates.get(i), all);
        }
        return ofStates.getFirst();
    }
}
