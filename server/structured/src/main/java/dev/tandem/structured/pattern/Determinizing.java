package dev.tandem.structured.pattern;

import dev.tandem.structured.pattern.Automaton.State;
import dev.tandem.structured.pattern.Automaton.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Makes deterministic states of a nondeterministic automaton's, by the subset construction. */
final class Determinizing {
    /** The states that may be the current one, and whether no character has been read yet. */
    private record Subset(BitSet states, boolean atBegin) {}

    private final Nfa nfa;
    private final Map<Subset, Integer> numbers = new HashMap<>();
    private final Deque<Subset> open = new ArrayDeque<>();

    private Determinizing(Nfa nfa) {
        this.nfa = nfa;
    }

    static List<State> of(Nfa nfa) {
        return new Determinizing(nfa).states();
    }

    private List<State> states() {
        number(nfa.start(), true);
        List<State> all = new ArrayList<>();
        while (!open.isEmpty()) {
            Subset subset = open.remove();
            boolean accepts = nfa.reached(subset.states, subset.atBegin, true).get(nfa.end());
            all.add(new State(steps(subset), accepts));
        }
        return all;
    }

    private int number(BitSet kernel, boolean atBegin) {
        var subset = new Subset(nfa.reached(kernel, atBegin, false), atBegin);
        Integer known = numbers.get(subset);
        if (known != null) {
            return known;
        }
        int number = numbers.size();
        Automaton.checkSize(number + 1);
        numbers.put(subset, number);
        open.add(subset);
        return number;
    }

    private List<Step> steps(Subset subset) {
        List<Nfa.Step> possible = new ArrayList<>();
        subset.states.stream().forEach(state -> possible.addAll(nfa.steps(state)));
        Map<BitSet, List<CodePoints.Range>> byTarget = new LinkedHashMap<>();
        Integer first = null;
        for (Integer bound : bounds(possible)) {
            if (first != null) {
                BitSet target = target(possible, first);
                if (!target.isEmpty()) {
                    byTarget.computeIfAbsent(target, t -> new ArrayList<>())
                            .add(new CodePoints.Range(first, bound - 1));
                }
            }
            first = bound;
        }
        Map<Integer, CodePoints> byNumber = new LinkedHashMap<>();
        byTarget.forEach((target, ranges) ->
                byNumber.merge(
                        number(target, false),
                        new CodePoints(List.of()).or(new CodePoints(ranges)),
                        CodePoints::or));
        List<Step> steps = new ArrayList<>();
        byNumber.forEach((to, on) -> steps.add(new Step(on, to)));
        return steps;
    }

    /** Where the sets of possible steps begin, and where they have ended. */
    private static SortedSet<Integer> bounds(List<Nfa.Step> possible) {
        SortedSet<Integer> bounds = new TreeSet<>();
        for (Nfa.Step step : possible) {
            for (CodePoints.Range range : step.on().ranges()) {
                bounds.add(range.first());
                bounds.add(range.last() + 1);
            }
        }
        return bounds;
    }

    private static BitSet target(List<Nfa.Step> possible, int codePoint) {
        var target = new BitSet();
        for (Nfa.Step step : possible) {
            if (step.on().contains(codePoint)) {
                target.set(step.to());
            }
        }
        return target;
    }
}
