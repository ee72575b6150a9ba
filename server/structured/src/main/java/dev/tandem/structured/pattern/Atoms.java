package dev.tandem.structured.pattern;

import dev.tandem.structured.pattern.Automaton.State;
import dev.tandem.structured.pattern.Automaton.Step;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** The ranges of code points between which an automaton does not tell apart. */
final class Atoms {
    private Atoms() {}

    /** For each state, the state behind each range; -1 where it does not go on. */
    static int[][] targets(List<State> states) {
        int[] bounds = bounds(states);
        int[][] targets = new int[states.size()][];
        for (int i = 0; i < targets.length; i++) {
            int[] row = new int[bounds.length];
            Arrays.fill(row, -1);
            for (Step step : states.get(i).steps()) {
                for (CodePoints.Range range : step.on().ranges()) {
                    int first = Arrays.binarySearch(bounds, range.first());
                    int end = Arrays.binarySearch(bounds, range.last() + 1);
                    Arrays.fill(row, first, end, step.to());
                }
            }
            targets[i] = row;
        }
        return targets;
    }

    private static int[] bounds(List<State> states) {
        TreeSet<Integer> bounds = new TreeSet<>();
        for (State state : states) {
            for (Step step : state.steps()) {
                for (CodePoints.Range range : step.on().ranges()) {
                    bounds.add(range.first());
                    bounds.add(range.last() + 1);
                }
            }
        }
        return bounds.stream().mapToInt(Integer::intValue).toArray();
    }
}
