package dev.tandem.structured.pattern;

import java.util.List;

/** A regular expression, parsed. Immutable. */
public sealed interface Expression {
    /** The empty text. */
    Expression EMPTY = new Sequence(List.of());

    /** No text at all. */
    Expression NOTHING = new Choice(List.of());

    /** One code point of a set. */
    record One(CodePoints of) implements Expression {}

    /** One part after the other. */
    record Sequence(List<Expression> parts) implements Expression {
        /** Copies the parts. */
        public Sequence {
            parts = List.copyOf(parts);
        }
    }

    /** Any of the alternatives. */
    record Choice(List<Expression> alternatives) implements Expression {
        /** Copies the alternatives. */
        public Choice {
            alternatives = List.copyOf(alternatives);
        }
    }

    /** A part {@code min} to {@code max} times; {@link #UNBOUNDED} for no limit. */
    record Repeat(Expression part, int min, int max) implements Expression {
        /** No upper limit. */
        public static final int UNBOUNDED = -1;
    }

    /** The beginning of the text. */
    record Begin() implements Expression {}

    /** The end of the text. */
    record End() implements Expression {}

    /** One part after the other. */
    static Expression sequence(Expression... parts) {
        return new Sequence(List.of(parts));
    }

    /** Any of the alternatives. */
    static Expression choice(Expression... alternatives) {
        return new Choice(List.of(alternatives));
    }

    /** Just this text. */
    static Expression literal(String text) {
        return new Sequence(
                text.codePoints().<Expression>mapToObj(c -> new One(CodePoints.of(c))).toList());
    }

    /** A part {@code min} to {@code max} times. */
    static Expression repeat(Expression part, int min, int max) {
        return new Repeat(part, min, max);
    }
}
