package dev.tandem.llamacpp.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The operators that calculate, with Python's meaning for numbers, strings and lists. */
final class Arithmetic {
    private static final Set<Operator> DIVISIONS =
            EnumSet.of(Operator.DIVIDE, Operator.FLOOR_DIVIDE, Operator.REMAINDER);

    private Arithmetic() {}

    /** An operator, by its sign. */
    enum Operator {
        PLUS("+"),
        MINUS("-"),
        TIMES("*"),
        DIVIDE("/"),
        FLOOR_DIVIDE("//"),
        REMAINDER("%"),
        POWER("**");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }
    }

    static Value apply(Budget budget, Operator operator, Value left, Value right) {
        return switch (operator) {
            case PLUS -> plus(budget, left, right);
            case TIMES -> times(budget, left, right);
            case REMAINDER -> remainder(budget, left, right);
            default -> numbers(operator, left, right);
        };
    }

    private static Value plus(Budget budget, Value left, Value right) {
        if (left instanceof Text text && right instanceof Text more) {
            budget.allocate((long) text.length() + more.length());
            return new TextBuilder().append(text).append(more).build();
        }
        if (left instanceof Seq seq && right instanceof Seq more) {
            return concatenate(budget, seq, more);
        }
        return numbers(Operator.PLUS, left, right);
    }

    private static Value times(Budget budget, Value left, Value right) {
        if (isRepeatable(left)) {
            return repeat(budget, left, right);
        }
        return isRepeatable(right)
                ? repeat(budget, right, left)
                : numbers(Operator.TIMES, left, right);
    }

    private static Value remainder(Budget budget, Value left, Value right) {
        if (left instanceof Text format) {
            List<Value> values =
                    right instanceof Seq seq && seq.tuple() ? seq.items() : List.of(right);
            return PercentFormat.format(budget, format, values);
        }
        return numbers(Operator.REMAINDER, left, right);
    }

    private static Value concatenate(Budget budget, Seq left, Seq right) {
        if (left.tuple() != right.tuple()) {
            throw unsupported(Operator.PLUS, left, right);
        }
        budget.allocateElements((long) left.size() + right.size());
        List<Value> items = new ArrayList<>(left.size() + right.size());
        items.addAll(left.items());
        items.addAll(right.items());
        return new Seq(items, left.tuple());
    }

    private static boolean isRepeatable(Value value) {
        return value instanceof Text || value instanceof Seq;
    }

    private static Value repeat(Budget budget, Value value, Value times) {
        long count = Math.max(0, Num.index(times));
        if (value instanceof Text text) {
            budget.allocate(product(count, text.length()));
            return text.length() == 0 ? text : text.derive(text.chars().repeat((int) count));
        }
        Seq seq = (Seq) value;
        budget.allocateElements(product(count, seq.size()));
        List<Value> items = new ArrayList<>();
        for (long i = 0; i < count && seq.size() > 0; i++) {
            items.addAll(seq.items());
        }
        return new Seq(items, seq.tuple());
    }

    /** A product that stays at the largest long instead of wrapping. */
    static long product(long left, long right) {
        return Math.multiplyHigh(left, right) == 0 && left * right >= 0
                ? left * right
                : Long.MAX_VALUE;
    }

    private static Value numbers(Operator operator, Value left, Value right) {
        if (left instanceof Value.Undefined undefined) {
            throw undefined.used();
        }
        if (right instanceof Value.Undefined undefined) {
            throw undefined.used();
        }
        Num a = Num.from(left);
        Num b = Num.from(right);
        if (a == null || b == null) {
            throw unsupported(operator, left, right);
        }
        boolean division = DIVISIONS.contains(operator);
        if (division && !b.truth()) {
            throw TemplateException.runtime("division by zero");
        }
        boolean floats = a.isFloat() || b.isFloat() || operator == Operator.DIVIDE;
        return floats ? floats(operator, a.toDouble(), b.toDouble()) : wholes(operator, a, b);
    }

    private static Num floats(Operator operator, double a, double b) {
        return Num.of(
                switch (operator) {
                    case PLUS -> a + b;
                    case MINUS -> a - b;
                    case TIMES -> a * b;
                    case DIVIDE -> a / b;
                    case FLOOR_DIVIDE -> Math.floor(a / b);
                    case REMAINDER -> a - b * Math.floor(a / b);
                    case POWER -> Math.pow(a, b);
                });
    }

    private static Num wholes(Operator operator, Num left, Num right) {
        BigInteger a = left.toBigInteger();
        BigInteger b = right.toBigInteger();
        return switch (operator) {
            case PLUS -> Num.of(a.add(b));
            case MINUS -> Num.of(a.subtract(b));
            case TIMES -> Num.of(a.multiply(b));
            case FLOOR_DIVIDE -> Num.of(floor(a, b)[0]);
            case REMAINDER -> Num.of(floor(a, b)[1]);
            case POWER -> power(a, b);
            case DIVIDE -> Num.of(a.doubleValue() / b.doubleValue());
        };
    }

    private static Num power(BigInteger base, BigInteger exponent) {
        if (exponent.signum() < 0) {
            return Num.of(Math.pow(base.doubleValue(), exponent.doubleValue()));
        }
        boolean large = exponent.bitLength() > 13;
        if (large || (long) base.bitLength() * exponent.intValue() > 2L * Num.MAX_BITS) {
            throw TemplateException.limit("a power has more than " + Num.MAX_BITS + " bits");
        }
        return Num.of(base.pow(exponent.intValue()));
    }

    /** Quotient and remainder rounded towards minus infinity. */
    private static BigInteger[] floor(BigInteger a, BigInteger b) {
        BigInteger[] parts = a.divideAndRemainder(b);
        if (parts[1].signum() != 0 && parts[1].signum() != b.signum()) {
            return new BigInteger[] {parts[0].subtract(BigInteger.ONE), parts[1].add(b)};
        }
        return parts;
    }

    private static TemplateException unsupported(Operator operator, Value left, Value right) {
        return TemplateException.runtime(
                "unsupported operand types for %s: '%s' and '%s'"
                        .formatted(operator.sign, left.typeName(), right.typeName()));
    }
}
