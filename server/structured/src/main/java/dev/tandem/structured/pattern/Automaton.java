package dev.tandem.structured.pattern;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A set of texts as a deterministic automaton; state 0 is the start. From every state the end can
 * be reached, so that a text that has begun can always be finished; only an automaton that takes no
 * text has a start from which nothing goes on. Immutable.
 *
 * @param states by number
 */
public record Automaton(List<State> states) {
    /** The most states. */
    public static final int MAX_STATES = 5_000;

    /**
     * A state.
     *
     * @param steps to other states, on sets of which no two share a code point
     * @param accepts whether a text may end here
     */
    public record State(List<Step> steps, boolean accepts) {
        /** Copies the steps. */
        public State {
            steps = List.copyOf(steps);
        }
    }

    /** A step to a state on each code point of a set. */
    public record Step(CodePoints on, int to) {}

    /** Copies the states. */
    public Automaton {
        states = List.copyOf(states);
    }

    /**
     * The texts that match as a whole.
     *
     * @throws PatternRefused where it has too many states
     */
    public static Automaton of(Expression expression) {
        return Trimming.of(Determinizing.of(new Nfa(expression)));
    }

    /**
     * The texts in which the pattern of a JSON Schema is found: it is not anchored by itself.
     *
     * @throws PatternRefused where it is not regular, or has too many states
     */
    public static Automaton ofPattern(String pattern) {
        Expression any = Expression.repeat(new Expression.One(CodePoints.ANY), 0, -1);
        return of(Expression.sequence(any, PatternParser.parse(pattern), any));
    }

    /** The texts of {@code min} to {@code max} code points; max -1 for no limit. */
    public static Automaton ofLength(int min, int max) {
        return of(Expression.repeat(new Expression.One(CodePoints.ANY), min, max));
    }

    /** Whether it takes no text at all. */
    public boolean isEmpty() {
        return states.getFirst().steps().isEmpty() && !states.getFirst().accepts();
    }

    /** Whether it takes the text; time is linear in the text's length. */
    public boolean matches(String text) {
        int state = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            i += Character.charCount(codePoint);
            state = next(state, codePoint);
            if (state < 0) {
                return false;
            }
        }
        return states.get(state).accepts();
    }

    /** The state behind a code point, -1 where none of the texts goes on with it. */
    public int next(int state, int codePoint) {
        for (Step step : states.get(state).steps()) {
            if (step.on().contains(codePoint)) {
                return step.to();
            }
        }
        return -1;
    }

    /**
     * The texts that both take.
     *
     * @throws PatternRefused where it has too many states
     */
    public Automaton and(Automaton other) {
        record Pair(int left, int right) {}
        Map<Pair, Integer> numbers = new HashMap<>();
        Deque<Pair> open = new ArrayDeque<>();
        List<State> both = new ArrayList<>();
        numbers.put(new Pair(0, 0), 0);
        open.add(new Pair(0, 0));
        while (!open.isEmpty()) {
            Pair pair = open.remove();
            State left = states.get(pair.left);
            State right = other.states.get(pair.right);
            List<Step> steps = new ArrayList<>();
            for (Step a : left.steps()) {
                for (Step b : right.steps()) {
                    CodePoints common = a.on().and(b.on());
                    if (!common.isEmpty()) {
                        var to = new Pair(a.to(), b.to());
                        Integer known = numbers.putIfAbsent(to, numbers.size());
                        if (known == null) {
                            open.add(to);
                        }
                        steps.add(new Step(common, numbers.get(to)));
                    }
                }
            }
            both.add(new State(steps, left.accepts() && right.accepts()));
            checkSize(numbers.size());
        }
        return Trimming.of(both);
    }

    /** The texts that this one does not take. */
    public Automaton not() {
        int sink = states.size();
        List<State> flipped = new ArrayList<>();
        for (State state : states) {
            CodePoints known = CodePoints.NONE;
            for (Step step : state.steps()) {
                known = known.or(step.on());
            }
            List<Step> steps = new ArrayList<>(state.steps());
            steps.add(new Step(known.not(), sink));
            flipped.add(new State(steps, !state.accepts()));
        }
        flipped.add(new State(List.of(new Step(CodePoints.ANY, sink)), true));
        return Trimming.of(flipped);
    }

    /** The texts made of these code points only. */
    public Automaton within(CodePoints alphabet) {
        List<State> narrowed = new ArrayList<>();
        for (State state : states) {
            List<Step> steps =
                    state.steps().stream()
                            .map(step -> new Step(step.on().and(alphabet), step.to()))
                            .filter(step -> !step.on().isEmpty())
                            .toList();
            narrowed.add(new State(steps, state.accepts()));
        }
        return Trimming.of(narrowed);
    }

    static void checkSize(int states) {
        if (states > MAX_STATES) {
            throw new PatternRefused("it is too large; use smaller counts or fewer alternatives");
        }
    }
}
