package dev.tandem.structured.grammar;

import static dev.tandem.structured.pattern.Expression.EMPTY;
import static dev.tandem.structured.pattern.Expression.NOTHING;
import static dev.tandem.structured.pattern.Expression.choice;
import static dev.tandem.structured.pattern.Expression.literal;
import static dev.tandem.structured.pattern.Expression.sequence;

import dev.tandem.structured.pattern.Expression;
import dev.tandem.structured.schema.Schema.Bound;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * The decimal numbers between two, none below zero, by comparing digits: the whole parts between,
 * and at either end the fractions that are still inside. A fraction is given for all lengths; what
 * is too long or ends in its point is for the caller to take out.
 */
final class Decimals {
    /** Numbers without an upper bound have so many digits. */
    private static final int WHOLE_DIGITS = 16;

    private Decimals() {}

    static Expression between(Bound least, @Nullable Bound most) {
        BigInteger low = whole(least);
        String lowFraction = fraction(least);
        BigInteger largest = BigInteger.TEN.pow(WHOLE_DIGITS);
        if (most == null) {
            BigInteger top = largest.max(low.multiply(BigInteger.TEN));
            return choice(
                    number(low, Fractions.atLeast(lowFraction, least.open())),
                    sequence(
                            Digits.between(low.add(BigInteger.ONE), top.subtract(BigInteger.ONE)),
                            withPoint(Fractions.ANY, true)));
        }
        BigInteger high = whole(most);
        String highFraction = fraction(most);
        int order = low.compareTo(high);
        if (order > 0) {
            return NOTHING;
        }
        if (order == 0) {
            return number(
                    low, Fractions.between(lowFraction, least.open(), highFraction, most.open()));
        }
        return choice(
                number(low, Fractions.atLeast(lowFraction, least.open())),
                sequence(
                        Digits.between(low.add(BigInteger.ONE), high.subtract(BigInteger.ONE)),
                        withPoint(Fractions.ANY, true)),
                number(high, Fractions.atMost(highFraction, most.open())));
    }

    private static Expression number(BigInteger whole, Fractions.Set fractions) {
        return sequence(literal(whole.toString()), withPoint(fractions.digits(), fractions.none()));
    }

    /** The digits behind a point; nothing, where that is one of the fractions. */
    private static Expression withPoint(Expression digits, boolean none) {
        Expression point = sequence(literal("."), digits);
        return none ? choice(EMPTY, point) : point;
    }

    private static BigInteger whole(Bound bound) {
        return bound.value().setScale(0, RoundingMode.DOWN).toBigIntegerExact();
    }

    /** The digits behind the point, without zeros at the end. */
    private static String fraction(Bound bound) {
        BigDecimal fraction = bound.value().remainder(BigDecimal.ONE).stripTrailingZeros();
        return fraction.signum() == 0 ? "" : fraction.toPlainString().substring(2);
    }
}
