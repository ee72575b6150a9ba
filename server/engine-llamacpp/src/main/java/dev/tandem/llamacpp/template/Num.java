package dev.tandem.llamacpp.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A number.
 *
 * @param value a Long where it fits, a BigInteger of at most {@link #MAX_BITS} bits where not, or a
 *     Double
 */
record Num(Number value) implements Value {
    static final int MAX_BITS = 8192;

    /** No whole number with more decimal digits has {@link #MAX_BITS} bits or fewer. */
    static final int MAX_DIGITS = 2467;

    static Num of(long value) {
        return new Num(value);
    }

    static Num of(double value) {
        return new Num(value);
    }

    static Num of(BigInteger value) {
        if (value.bitLength() > MAX_BITS) {
            throw TemplateException.limit("a whole number has more than " + MAX_BITS + " bits");
        }
        return value.bitLength() < Long.SIZE ? new Num(value.longValue()) : new Num((Number) value);
    }

    /**
     * Reads decimal digits.
     *
     * @throws NumberFormatException where they are none
     */
    static Num whole(String digits) {
        if (digits.length() > MAX_DIGITS) {
            throw TemplateException.limit("a whole number has more than " + MAX_DIGITS + " digits");
        }
        return of(new BigInteger(digits));
    }

    /** The value as a number, true and false being 1 and 0; null where it is none. */
    static @Nullable Num from(Value value) {
        return switch (value) {
            case Num number -> number;
            case Bool bool -> of(bool.truth() ? 1L : 0L);
            default -> null;
        };
    }

    /** The value as a long, for indexes and counts. */
    static long index(Value value) {
        Num number = from(value);
        if (number != null && number.value instanceof Long index) {
            return index;
        }
        throw TemplateException.runtime("a whole number is expected, not " + value.typeName());
    }

    boolean isFloat() {
        return value instanceof Double;
    }

    double toDouble() {
        return value.doubleValue();
    }

    BigInteger toBigInteger() {
        return value instanceof BigInteger big ? big : BigInteger.valueOf(value.longValue());
    }

    /** Compares by exact value, a total order also between whole numbers and floats. */
    int compare(Num other) {
        if (value instanceof Long mine && other.value instanceof Long theirs) {
            return Long.compare(mine, theirs);
        }
        if (Double.isFinite(toDouble()) && Double.isFinite(other.toDouble())) {
            return decimal().compareTo(other.decimal());
        }
        return Double.compare(toDouble(), other.toDouble());
    }

    private BigDecimal decimal() {
        return value instanceof Double d ? new BigDecimal(d) : new BigDecimal(toBigInteger());
    }

    @Override
    public boolean truth() {
        return toDouble() != 0;
    }

    @Override
    public String typeName() {
        return isFloat() ? "float" : "int";
    }
}
