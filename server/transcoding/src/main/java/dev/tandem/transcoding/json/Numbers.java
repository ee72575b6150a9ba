package dev.tandem.transcoding.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser.NumberType;
import tools.jackson.core.JsonToken;

/** Reads numbers and checks their ranges. What does not fit is reported, and zero returned. */
final class Numbers {
    private static final BigInteger MAX_UINT64 =
            BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
    private static final BigInteger MAX_INT64 = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger MIN_INT64 = BigInteger.valueOf(Long.MIN_VALUE);

    /** No number that fits has more digits in front of its point; more are not even expanded. */
    private static final int MOST_DIGITS = 20;

    private static final int LONGEST = 1000;

    private Numbers() {}

    /** A whole number of at most 32 bits, however it is spelled: 3, 3.0, 3e0. */
    static long integer(JsonInput in, long min, long max) {
        if (in.token() == JsonToken.VALUE_NUMBER_INT
                && in.parser.getNumberType() != NumberType.BIG_INTEGER) {
            long value = in.parser.getLongValue();
            if (value >= min && value <= max) {
                return value;
            }
        }
        return whole(in, BigInteger.valueOf(min), BigInteger.valueOf(max));
    }

    static long int64(JsonInput in) {
        if (in.token() == JsonToken.VALUE_NUMBER_INT
                && in.parser.getNumberType() != NumberType.BIG_INTEGER) {
            return in.parser.getLongValue();
        }
        return whole(in, MIN_INT64, MAX_INT64);
    }

    /** The bits of an unsigned number. */
    static long uint64(JsonInput in) {
        if (in.token() == JsonToken.VALUE_NUMBER_INT
                && in.parser.getNumberType() != NumberType.BIG_INTEGER) {
            long value = in.parser.getLongValue();
            if (value >= 0) {
                return value;
            }
        }
        return whole(in, BigInteger.ZERO, MAX_UINT64);
    }

    static double real(JsonInput in) {
        return real(in, Double.MAX_VALUE, "a 64-bit float");
    }

    static float real32(JsonInput in) {
        // half a unit in the last place above the largest float still rounds to it
        return (float) real(in, 0x1.fffffefffffffp127, "a 32-bit float");
    }

    private static double real(JsonInput in, double max, String type) {
        double value;
        switch (in.token()) {
            case VALUE_NUMBER_FLOAT -> value = in.parser.getDoubleValue();
            case VALUE_NUMBER_INT -> {
                double whole = in.parser.getDoubleValue();
                value = whole == 0 && in.parser.getString().startsWith("-") ? -0.0 : whole;
            }
            case VALUE_STRING -> {
                String text = in.parser.getString();
                Double special = special(text);
                if (special != null) {
                    return special;
                }
                BigDecimal number = in.takesQuotedNumbers() ? decimal(text) : null;
                if (number == null) {
                    in.wrongKind("a number");
                    return 0;
                }
                value = number.doubleValue();
                if (value == 0 && text.startsWith("-")) {
                    value = -0.0;
                }
            }
            default -> {
                in.wrongKind("a number");
                return 0;
            }
        }
        if (Math.abs(value) > max) {
            in.reject("range", "must fit " + type);
            return 0;
        }
        return value;
    }

    private static @Nullable Double special(String text) {
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> null;
        };
    }

    private static long whole(JsonInput in, BigInteger min, BigInteger max) {
        boolean bare = in.token().isNumeric();
        boolean quoted = in.token() == JsonToken.VALUE_STRING && in.takesQuotedNumbers();
        BigDecimal number = bare || quoted ? decimal(in.parser.getString()) : null;
        if (number != null) {
            return whole(in, number, min, max);
        }
        if (bare) {
            in.reject("range", "must be from " + min + " to " + max);
        } else {
            in.wrongKind("an integer");
        }
        return 0;
    }

    private static long whole(JsonInput in, BigDecimal number, BigInteger min, BigInteger max) {
        BigDecimal bare = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        if (bare.scale() > 0) {
            in.reject("type", "must be an integer, not a fraction");
            return 0;
        }
        if ((long) bare.precision() - bare.scale() <= MOST_DIGITS) {
            BigInteger value = bare.toBigIntegerExact();
            if (value.compareTo(min) >= 0 && value.compareTo(max) <= 0) {
                return value.longValue();
            }
        }
        in.reject("range", "must be from " + min + " to " + max);
        return 0;
    }

    /** Null where the text is no number in JSON's spelling, or its exponent has ten digits. */
    static @Nullable BigDecimal decimal(String text) {
        if (text.length() > LONGEST || !JsonText.isNumber(text)) {
            return null;
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException exponentTooLarge) {
            return null;
        }
    }
}
