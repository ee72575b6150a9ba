package dev.tandem.structured.grammar;

import static dev.tandem.structured.pattern.Expression.EMPTY;
import static dev.tandem.structured.pattern.Expression.NOTHING;
import static dev.tandem.structured.pattern.Expression.choice;
import static dev.tandem.structured.pattern.Expression.repeat;
import static dev.tandem.structured.pattern.Expression.sequence;

import dev.tandem.structured.pattern.Expression;
import dev.tandem.structured.pattern.Expression.Choice;
import dev.tandem.structured.pattern.Expression.Repeat;
import java.util.ArrayList;
import java.util.List;

/**
 * Digits behind a decimal point, of any number, compared with others. The others have no zero at
 * their end; none stand for nothing behind the point.
 */
final class Fractions {
    /** Any digits. */
    static final Expression ANY = repeat(Digits.one('0', '9'), 0, Repeat.UNBOUNDED);

    private static final Expression ZEROS = repeat(Digits.one('0', '0'), 0, Repeat.UNBOUNDED);
    private static final Expression MORE_THAN_ZERO = sequence(ZEROS, Digits.one('1', '9'), ANY);

    /**
     * Some fractions.
     *
     * @param none whether no fraction at all is one of them
     */
    record Set(Expression digits, boolean none) {}

    private Fractions() {}

    static Set atLeast(String low, boolean open) {
        return new Set(from(low, open), low.isEmpty() && !open);
    }

    static Set atMost(String high, boolean open) {
        return new Set(to(high, open), !high.isEmpty() || !open);
    }

    static Set between(String low, boolean lowOpen, String high, boolean highOpen) {
        boolean none = low.isEmpty() && !lowOpen && (!high.isEmpty() || !highOpen);
        return new Set(inside(low, lowOpen, high, highOpen), none);
    }

    private static Expression from(String low, boolean open) {
        if (low.isEmpty()) {
            return open ? MORE_THAN_ZERO : ANY;
        }
        char first = low.charAt(0);
        Expression same = sequence(Digits.one(first, first), from(low.substring(1), open));
        return first == '9'
                ? same
                : choice(same, sequence(Digits.one((char) (first + 1), '9'), ANY));
    }

    private static Expression to(String high, boolean open) {
        if (high.isEmpty()) {
            return open ? NOTHING : ZEROS;
        }
        char first = high.charAt(0);
        Expression same = sequence(Digits.one(first, first), to(high.substring(1), open));
        return first == '0'
                ? choice(EMPTY, same)
                : choice(EMPTY, same, sequence(Digits.one('0', (char) (first - 1)), ANY));
    }

    private static Expression inside(String low, boolean lowOpen, String high, boolean highOpen) {
        if (high.isEmpty()) {
            return low.isEmpty() && !lowOpen ? to(high, highOpen) : NOTHING;
        }
        char first = low.isEmpty() ? '0' : low.charAt(0);
        char last = high.charAt(0);
        String lowRest = low.isEmpty() ? "" : low.substring(1);
        String highRest = high.substring(1);
        List<Expression> all = new ArrayList<>();
        if (low.isEmpty() && !lowOpen) {
            all.add(EMPTY);
        }
        if (first == last) {
            all.add(
                    sequence(
                            Digits.one(first, first),
                            inside(lowRest, lowOpen, highRest, highOpen)));
        } else if (first < last) {
            all.add(sequence(Digits.one(first, first), from(lowRest, lowOpen)));
            if (last - first > 1) {
                all.add(sequence(Digits.one((char) (first + 1), (char) (last - 1)), ANY));
            }
            all.add(sequence(Digits.one(last, last), to(highRest, highOpen)));
        }
        return new Choice(all);
    }
}
