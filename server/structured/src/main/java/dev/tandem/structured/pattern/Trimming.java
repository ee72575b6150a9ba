package dev.tandem.structured.pattern;

import dev.tandem.structured.pattern.Automaton.State;
import dev.tandem.structured.pattern.Automaton.Step;
import java.nio.IntBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Drops the states from which no end is reached, and joins those that go on alike (Moore's
 * refinement), numbered from the start.
 */
final class Trimming {
    /** Beyond it states stay apart: more than needed, but the same texts. */
    private static final int MAX_ROUNDS = 50;

    private final List<State> states;

    /** For each state, where it goes on each range of {@link Atoms}; -1 for nowhere. */
    private final int[][] targets;

    private int[] group;

    private Trimming(List<State> states) {
        this.states = states;
        targets = Atoms.targets(states);
        group = new int[states.size()];
    }

    static Automaton of(List<State> states) {
        return new Trimming(living(states)).joined();
    }

    /** Without steps to states from which no end is reached. */
    private static List<State> living(List<State> states) {
        List<List<Integer>> from = new ArrayList<>();
        states.forEach(state -> from.add(new ArrayList<>()));
        Deque<Integer> open = new ArrayDeque<>();
        var living = new BitSet();
        for (int i = 0; i < states.size(); i++) {
            for (Step step : states.get(i).steps()) {
                from.get(step.to()).add(i);
            }
            if (states.get(i).accepts()) {
                living.set(i);
                open.add(i);
            }
        }
        while (!open.isEmpty()) {
            for (int before : from.get(open.remove())) {
                if (!living.get(before)) {
                    living.set(before);
                    open.add(before);
                }
            }
        }
        return states.stream()
                .map(state ->
                        new State(
                                state.steps().stream()
                                        .filter(step -> living.get(step.to()))
                                        .toList(),
                                state.accepts()))
                .toList();
    }

    private Automaton joined() {
        int groups = byDistance();
        int before = -1;
        for (int round = 0; groups != before && round < MAX_ROUNDS; round++) {
            before = groups;
            groups = refine();
        }
        if (groups != before) {
            Arrays.setAll(group, state -> state);
        }
        return numbered();
    }

    /** States that go on alike have their ends equally far away: few rounds are left then. */
    private int byDistance() {
        Map<Distances.Reach, Integer> numbers = new HashMap<>();
        List<Distances.Reach> reaches = Distances.of(states);
        Arrays.setAll(
                group, state -> numbers.computeIfAbsent(reaches.get(state), r -> numbers.size()));
        return numbers.size();
    }

    /** Splits the groups whose states do not go on alike; returns how many there are. */
    private int refine() {
        Map<IntBuffer, Integer> numbers = new HashMap<>();
        int[] refined = new int[group.length];
        for (int i = 0; i < refined.length; i++) {
            int[] row = targets[i];
            int[] going = new int[row.length + 1];
            going[row.length] = group[i];
            for (int atom = 0; atom < row.length; atom++) {
                going[atom] = row[atom] < 0 ? -1 : group[row[atom]];
            }
            refined[i] = numbers.computeIfAbsent(IntBuffer.wrap(going), g -> numbers.size());
        }
        group = refined;
        return numbers.size();
    }

    /** A state's steps to groups, one each. */
    private static List<Step> steps(State state, int[] group) {
        Map<Integer, CodePoints> byGroup = new LinkedHashMap<>();
        for (Step step : state.steps()) {
            byGroup.merge(group[step.to()], step.on(), CodePoints::or);
        }
        return byGroup.entrySet().stream()
                .map(entry -> new Step(entry.getValue(), entry.getKey()))
                .toList();
    }

    private Automaton numbered() {
        Map<Integer, Integer> numbers = new HashMap<>();
        Deque<Integer> open = new ArrayDeque<>();
        State[] one = states.toArray(State[]::new);
        for (int i = group.length - 1; i >= 0; i--) {
            one[group[i]] = states.get(i);
        }
        numbers.put(group[0], 0);
        open.add(group[0]);
        List<State> result = new ArrayList<>();
        while (!open.isEmpty()) {
            State state = one[open.remove()];
            List<Step> steps = new ArrayList<>();
            for (Step step : steps(state, group)) {
                if (numbers.putIfAbsent(step.to(), numbers.size()) == null) {
                    open.add(step.to());
                }
                steps.add(new Step(step.on(), numbers.get(step.to())));
            }
            result.add(new State(steps, state.accepts()));
        }
        return new Automaton(result);
    }
}
