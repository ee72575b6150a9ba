package dev.tandem.structured.pattern;

import dev.tandem.structured.pattern.Expression.Begin;
import dev.tandem.structured.pattern.Expression.Choice;
import dev.tandem.structured.pattern.Expression.End;
import dev.tandem.structured.pattern.Expression.One;
import dev.tandem.structured.pattern.Expression.Repeat;
import dev.tandem.structured.pattern.Expression.Sequence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/** An expression as a nondeterministic automaton, by Thompson's construction. */
final class Nfa {
    /** The most states. */
    static final int MAX_STATES = 20_000;

    /** When a step without a character may be taken. */
    private enum When {
        ALWAYS,
        AT_BEGIN,
        AT_END
    }

    /** A step without a character. */
    private record Jump(When when, int to) {}

    /** A step with a character. */
    record Step(CodePoints on, int to) {}

    private final List<List<Jump>> jumps = new ArrayList<>();
    private final List<List<Step>> steps = new ArrayList<>();
    private final int start;
    private final int end;

    Nfa(Expression expression) {
        start = state();
        end = add(expression, start);
    }

    int end() {
        return end;
    }

    List<Step> steps(int state) {
        return steps.get(state);
    }

    BitSet start() {
        var only = new BitSet();
        only.set(start);
        return only;
    }

    /** The states that are reached from these without a character. */
    BitSet reached(BitSet from, boolean atBegin, boolean atEnd) {
        BitSet reached = (BitSet) from.clone();
        Deque<Integer> open = new ArrayDeque<>();
        from.stream().forEach(open::add);
        while (!open.isEmpty()) {
            for (Jump jump : jumps.get(open.remove())) {
                boolean free =
                        switch (jump.when) {
                            case ALWAYS -> true;
                            case AT_BEGIN -> atBegin;
                            case AT_END -> atEnd;
                        };
                if (free && !reached.get(jump.to)) {
                    reached.set(jump.to);
                    open.add(jump.to);
                }
            }
        }
        return reached;
    }

    private int state() {
        if (steps.size() == MAX_STATES) {
            throw new PatternRefused("it is too large; use smaller counts");
        }
        jumps.add(new ArrayList<>(2));
        steps.add(new ArrayList<>(1));
        return steps.size() - 1;
    }

    private void jump(int from, When when, int to) {
        jumps.get(from).add(new Jump(when, to));
    }

    /** Adds the expression behind a state; returns the state behind it. */
    private int add(Expression expression, int from) {
        return switch (expression) {
            case One one -> {
                int to = state();
                steps.get(from).add(new Step(one.of(), to));
                yield to;
            }
            case Sequence sequence -> {
                int to = from;
                for (Expression part : sequence.parts()) {
                    to = add(part, to);
                }
                yield to;
            }
            case Choice choice -> {
                int to = state();
                for (Expression alternative : choice.alternatives()) {
                    int inside = state();
                    jump(from, When.ALWAYS, inside);
                    jump(add(alternative, inside), When.ALWAYS, to);
                }
                yield to;
            }
            case Repeat repeat -> repeat(repeat, from);
            case Begin ignored -> anchor(When.AT_BEGIN, from);
            case End ignored -> anchor(When.AT_END, from);
        };
    }

    private int anchor(When when, int from) {
        int to = state();
        jump(from, when, to);
        return to;
    }

    private int repeat(Repeat repeat, int from) {
        int to = from;
        for (int i = 0; i < repeat.min(); i++) {
            to = add(repeat.part(), to);
        }
        if (repeat.max() == Repeat.UNBOUNDED) {
            int head = state();
            int tail = state();
            jump(to, When.ALWAYS, head);
            jump(add(repeat.part(), head), When.ALWAYS, head);
            jump(head, When.ALWAYS, tail);
            return tail;
        }
        int tail = state();
        for (int i = repeat.min(); i < repeat.max(); i++) {
            jump(to, When.ALWAYS, tail);
            to = add(repeat.part(), to);
        }
        jump(to, When.ALWAYS, tail);
        return tail;
    }
}
