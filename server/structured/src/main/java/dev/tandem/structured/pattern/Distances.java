package dev.tandem.structured.pattern;

import dev.tandem.structured.pattern.Automaton.State;
import dev.tandem.structured.pattern.Automaton.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** How far each state is from the end of a text. */
final class Distances {
    private static final int ENDLESS = Integer.MAX_VALUE;

    /** The fewest and the most code points that may follow. */
    record Reach(int fewest, int most) {}

    private final List<State> states;
    private final List<List<Integer>> before = new ArrayList<>();

    private Distances(List<State> states) {
        this.states = states;
        states.forEach(state -> before.add(new ArrayList<>()));
        for (int i = 0; i < states.size(); i++) {
            for (Step step : states.get(i).steps()) {
                before.get(step.to()).add(i);
            }
        }
    }

    static List<Reach> of(List<State> states) {
        var distances = new Distances(states);
        int[] fewest = distances.fewest();
        int[] most = distances.most();
        List<Reach> all = new ArrayList<>();
        for (int i = 0; i < fewest.length; i++) {
            all.add(new Reach(fewest[i], most[i]));
        }
        return all;
    }

    private int[] fewest() {
        int[] fewest = new int[states.size()];
        Arrays.fill(fewest, ENDLESS);
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i < fewest.length; i++) {
            if (states.get(i).accepts()) {
                fewest[i] = 0;
                open.add(i);
            }
        }
        while (!open.isEmpty()) {
            int state = open.remove();
            for (int from : before.get(state)) {
                if (fewest[from] == ENDLESS) {
                    fewest[from] = fewest[state] + 1;
                    open.add(from);
                }
            }
        }
        return fewest;
    }

    /** A state is done when all that follow it are; those that lead to a loop never are. */
    private int[] most() {
        int[] most = new int[states.size()];
        int[] waiting = new int[states.size()];
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i < most.length; i++) {
            waiting[i] = states.get(i).steps().size();
            if (waiting[i] == 0) {
                open.add(i);
            }
        }
        while (!open.isEmpty()) {
            int state = open.remove();
            for (int from : before.get(state)) {
                most[from] = Math.max(most[from], most[state] + 1);
                if (--waiting[from] == 0) {
                    open.add(from);
                }
            }
        }
        for (int i = 0; i < most.length; i++) {
            if (waiting[i] > 0) {
                most[i] = ENDLESS;
            }
        }
        return most;
    }
}
