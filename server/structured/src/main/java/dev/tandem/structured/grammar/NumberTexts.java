package dev.tandem.structured.grammar;

import static dev.tandem.structured.pattern.Expression.choice;
import static dev.tandem.structured.pattern.Expression.literal;
import static dev.tandem.structured.pattern.Expression.sequence;

import dev.tandem.structured.pattern.Automaton;
import dev.tandem.structured.pattern.Expression;
import dev.tandem.structured.pattern.PatternParser;
import dev.tandem.structured.schema.Schema.Bound;
import dev.tandem.structured.schema.Schema.NumberValue;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** How the numbers of a range are written. */
final class NumberTexts {
    private static final int MOST_FRACTION_DIGITS = 15;
    private static final String INTEGER = "-?(0|[1-9][0-9]{0,15})";
    private static final Bound ZERO = new Bound(BigDecimal.ZERO, false);
    private static final Bound ABOVE_ZERO = new Bound(BigDecimal.ZERO, true);

    private NumberTexts() {}

    static Automaton of(NumberValue number) {
        BigDecimal multipleOf = number.multipleOf();
        int fraction =
                number.whole() ? 0 : multipleOf == null ? MOST_FRACTION_DIGITS : multipleOf.scale();
        boolean bounded = number.least() != null || number.most() != null;
        Automaton all =
                bounded ? inRange(number, fraction) : unbounded(fraction, multipleOf == null);
        return number.whole() && multipleOf != null
                ? all.and(Multiples.of(multipleOf.intValueExact()))
                : all;
    }

    private static Automaton unbounded(int fraction, boolean withExponent) {
        String exponent = fraction > 0 && withExponent ? "([eE][+-]?[0-9]{1,2})?" : "";
        return matching(INTEGER + fraction(fraction) + exponent);
    }

    private static String fraction(int digits) {
        return digits == 0 ? "" : "(\\.[0-9]{1," + digits + "})?";
    }

    private static Automaton matching(String pattern) {
        return Automaton.of(PatternParser.parse(pattern));
    }

    private static Automaton inRange(NumberValue number, int fraction) {
        Expression positive = between(atLeastZero(number.least()), number.most());
        Bound least = number.least();
        Bound most = number.most();
        Expression negative =
                least != null && least.value().signum() >= 0
                        ? Expression.NOTHING
                        : between(
                                most != null && most.value().signum() < 0
                                        ? negated(most)
                                        : ABOVE_ZERO,
                                least == null ? null : negated(least));
        Automaton inRange = Automaton.of(choice(positive, sequence(literal("-"), negative)));
        String spelling = "-?(0|[1-9][0-9]*)" + fraction(fraction);
        return inRange.and(matching(spelling));
    }

    private static Bound atLeastZero(@Nullable Bound bound) {
        return bound == null || bound.value().signum() < 0 ? ZERO : bound;
    }

    private static Bound negated(Bound bound) {
        return new Bound(bound.value().negate(), bound.open());
    }

    private static Expression between(Bound least, @Nullable Bound most) {
        if (most != null && most.value().signum() < 0) {
            return Expression.NOTHING;
        }
        return Decimals.between(least, most);
    }
}
