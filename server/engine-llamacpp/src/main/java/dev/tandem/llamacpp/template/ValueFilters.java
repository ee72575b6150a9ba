package dev.tandem.llamacpp.template;

import static java.util.Map.entry;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Filters that give numbers, or the value itself or another. */
final class ValueFilters {
    static final Map<String, Filter> ALL =
            Map.ofEntries(
                    entry("default", ValueFilters::orDefault),
                    entry("d", ValueFilters::orDefault),
                    entry("length", ValueFilters::length),
                    entry("count", ValueFilters::length),
                    entry(
                            "attr",
                            (rendering, value, arguments) ->
                                    Access.attribute(value, arguments.text(0, "name"))),
                    entry("int", ValueFilters::toInt),
                    entry("float", ValueFilters::toFloat),
                    entry("abs", ValueFilters::abs),
                    entry("round", ValueFilters::round),
                    entry("wordcount", ValueFilters::wordCount));

    private static final int MAX_PRECISION = 300;

    private ValueFilters() {}

    private static Value orDefault(Rendering rendering, Value value, Arguments arguments) {
        boolean absent =
                value instanceof Value.Undefined
                        || (arguments.flag(1, "boolean") && !value.truth());
        return absent ? arguments.or(0, "default_value", Text.EMPTY) : value;
    }

    private static Value length(Rendering rendering, Value value, Arguments arguments) {
        return Num.of(
                switch (value) {
                    case Text text -> {
                        rendering.budget().read(text.length());
                        yield (long) text.codePoints();
                    }
                    case Seq seq -> (long) seq.size();
                    case Dict dict -> (long) dict.entries().size();
                    case Value.Undefined undefined -> 0L;
                    default ->
                            throw TemplateException.runtime(
                                    "object of type '" + value.typeName() + "' has no len()");
                });
    }

    private static Value toInt(Rendering rendering, Value value, Arguments arguments) {
        Value otherwise = arguments.or(0, "default", Num.of(0));
        Num number = Num.from(value);
        if (number == null && value instanceof Text text) {
            number = parse(rendering.budget(), text);
        }
        if (number == null || !number.isFloat()) {
            return number == null ? otherwise : number;
        }
        double real = number.toDouble();
        return Double.isFinite(real) ? Num.of(new BigDecimal(real).toBigInteger()) : otherwise;
    }

    private static Value toFloat(Rendering rendering, Value value, Arguments arguments) {
        Num number = Num.from(value);
        if (number == null && value instanceof Text text) {
            number = parse(rendering.budget(), text);
        }
        return number == null ? arguments.or(0, "default", Num.of(0.0)) : Num.of(number.toDouble());
    }

    /** Reads a number as Python's int() or float() do; null where it is none. */
    private static @Nullable Num parse(Budget budget, Text text) {
        budget.allocate(text.length());
        String digits = text.chars().strip();
        try {
            boolean whole =
                    digits.chars().allMatch(c -> Character.isDigit(c) || c == '-' || c == '+');
            if (whole) {
                return Num.whole(digits);
            }
            // Java would also read hexadecimal floats and the suffixes d and f
            boolean decimal = digits.chars().allMatch(c -> "0123456789+-.eE".indexOf(c) >= 0);
            return decimal ? Num.of(Double.parseDouble(digits)) : null;
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    private static Num required(Value value) {
        Num number = Num.from(value);
        if (number == null) {
            throw TemplateException.runtime("a number is expected, not " + value.typeName());
        }
        return number;
    }

    private static Value abs(Rendering rendering, Value value, Arguments arguments) {
        Num number = required(value);
        return number.isFloat()
                ? Num.of(Math.abs(number.toDouble()))
                : Num.of(number.toBigInteger().abs());
    }

    private static Value round(Rendering rendering, Value value, Arguments arguments) {
        Num number = required(value);
        if (!number.isFloat() || !Double.isFinite(number.toDouble())) {
            return number;
        }
        String method = arguments.or(1, "method", Text.EMPTY).toString();
        RoundingMode mode =
                switch (method) {
                    case "ceil" -> RoundingMode.CEILING;
                    case "floor" -> RoundingMode.FLOOR;
                    default -> RoundingMode.HALF_EVEN;
                };
        long precision = arguments.number(0, "precision", 0);
        int scale = Math.clamp(precision, -MAX_PRECISION, MAX_PRECISION);
        return Num.of(new BigDecimal(number.toDouble()).setScale(scale, mode).doubleValue());
    }

    private static Value wordCount(Rendering rendering, Value value, Arguments arguments) {
        Text text = Printer.print(rendering.budget(), value);
        rendering.budget().read(text.length());
        long words = 0;
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.chars().charAt(i);
            boolean word = Character.isLetterOrDigit(c) || c == '_';
            words += word && !inside ? 1 : 0;
            inside = word;
        }
        return Num.of(words);
    }
}
