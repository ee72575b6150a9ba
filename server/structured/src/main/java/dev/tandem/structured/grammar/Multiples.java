package dev.tandem.structured.grammar;

import dev.tandem.structured.pattern.Automaton;
import dev.tandem.structured.pattern.Automaton.State;
import dev.tandem.structured.pattern.Automaton.Step;
import dev.tandem.structured.pattern.CodePoints;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The integers that a number divides: a state for each remainder. */
final class Multiples {
    private Multiples() {}

    static Automaton of(int divisor) {
        List<State> states = new ArrayList<>();
        List<Step> first = new ArrayList<>(digits(0, divisor));
        first.add(new Step(CodePoints.of('-'), 1));
        states.add(new State(first, false));
        states.add(new State(digits(0, divisor), false));
        for (int remainder = 0; remainder < divisor; remainder++) {
            states.add(new State(digits(remainder, divisor), remainder == 0));
        }
        return new Automaton(states);
    }

    private static List<Step> digits(int remainder, int divisor) {
        Map<Integer, CodePoints> byRemainder = new LinkedHashMap<>();
        for (int digit = 0; digit <= 9; digit++) {
            byRemainder.merge(
                    (remainder * 10 + digit) % divisor, CodePoints.of('0' + digit), CodePoints::or);
        }
        List<Step> steps = new ArrayList<>();
        byRemainder.forEach((next, on) -> steps.add(new Step(on, next + 2)));
        return steps;
    }
}
