package dev.tandem.structured.schema;

import dev.tandem.structured.schema.Schema.Bound;
import dev.tandem.structured.schema.Schema.NumberValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Ranges of numbers and their divisors. */
final class Numbers {
    private static final int MOST_FRACTION_DIGITS = 15;

    private Numbers() {}

    static Schema intersection(NumberValue a, NumberValue b) {
        return possible(
                a.whole() || b.whole(),
                higher(a.least(), b.least()),
                lower(a.most(), b.most()),
                common(a.multipleOf(), b.multipleOf()));
    }

    /** The numbers, or nothing where the range has none. */
    static Schema possible(
            boolean whole,
            @Nullable Bound least,
            @Nullable Bound most,
            @Nullable BigDecimal multipleOf) {
        boolean integer = whole || (multipleOf != null && isWhole(multipleOf));
        BigDecimal divisor =
                integer && multipleOf != null && !isWhole(multipleOf) ? null : multipleOf;
        BigDecimal step = divisor == null && integer ? BigDecimal.ONE : divisor;
        Bound first = least == null || step == null ? least : firstMultiple(least, step);
        return isBeyond(first, most)
                ? Schema.NOTHING
                : new NumberValue(integer, least, most, divisor);
    }

    private static boolean isBeyond(@Nullable Bound first, @Nullable Bound most) {
        if (first == null || most == null) {
            return false;
        }
        int order = first.value().compareTo(most.value());
        return order > 0 || (order == 0 && (first.open() || most.open()));
    }

    /** The smallest multiple that is not below a bound. */
    private static Bound firstMultiple(Bound least, BigDecimal step) {
        BigDecimal count = least.value().divide(step, 0, RoundingMode.CEILING);
        BigDecimal first = count.multiply(step);
        boolean outside = least.open() && first.compareTo(least.value()) == 0;
        return new Bound(outside ? first.add(step) : first, false);
    }

    /** Whether digits can be held to it one by one, see {@link NumberValue}. */
    static boolean isDecidable(BigDecimal multipleOf) {
        BigDecimal plain = multipleOf.stripTrailingZeros();
        if (isWhole(plain)) {
            return plain.compareTo(BigDecimal.valueOf(NumberValue.LARGEST_MULTIPLE)) <= 0;
        }
        return plain.unscaledValue().equals(BigInteger.ONE)
                && plain.scale() <= MOST_FRACTION_DIGITS;
    }

    static boolean isWhole(BigDecimal value) {
        return value.stripTrailingZeros().scale() <= 0;
    }

    static @Nullable Bound higher(@Nullable Bound a, @Nullable Bound b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        int order = a.value().compareTo(b.value());
        return order > 0 || (order == 0 && a.open()) ? a : b;
    }

    static @Nullable Bound lower(@Nullable Bound a, @Nullable Bound b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        int order = a.value().compareTo(b.value());
        return order < 0 || (order == 0 && a.open()) ? a : b;
    }

    private static @Nullable BigDecimal common(@Nullable BigDecimal a, @Nullable BigDecimal b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        if (!isWhole(a) || !isWhole(b)) {
            return a.max(b);
        }
        BigInteger left = a.toBigIntegerExact();
        BigInteger right = b.toBigIntegerExact();
        var least = new BigDecimal(left.multiply(right).divide(left.gcd(right)));
        if (!isDecidable(least)) {
            throw new Undecided("a multiple of " + least + " cannot be held to; up to 100 can");
        }
        return least;
    }
}
