package dev.tandem.llamacpp.template;

import java.math.BigDecimal;
import java.util.List;

/** What {@code {{ value }}} writes: Python's str() and, inside of lists and maps, repr(). */
final class Printer {
    private final Budget budget;
    private final StringBuilder out = new StringBuilder();
    private boolean trusted = true;

    private Printer(Budget budget) {
        this.budget = budget;
    }

    /** Python's str(). */
    static Text print(Budget budget, Value value) {
        return switch (value) {
            case Text text -> text;
            case Value.Undefined undefined -> Text.EMPTY;
            default -> represent(budget, value);
        };
    }

    /** Python's repr(); the caller's as a whole if any part of it is. */
    static Text represent(Budget budget, Value value) {
        Printer printer = new Printer(budget);
        printer.value(value);
        String text = printer.out.toString();
        return printer.trusted ? Text.trusted(text) : Text.fromCaller(text);
    }

    private void value(Value value) {
        budget.step();
        budget.output(out.length());
        switch (value) {
            case Value.None none -> out.append("None");
            case Value.Undefined undefined -> out.append("Undefined");
            case Value.Bool bool -> out.append(bool.truth() ? "True" : "False");
            case Num number -> number(number);
            case Text text -> quoted(text);
            case Seq seq -> sequence(seq);
            case Dict dict -> mapping(dict);
            default -> out.append('<').append(value.typeName()).append('>');
        }
    }

    private void number(Num number) {
        String text = print(number);
        budget.allocate(text.length());
        out.append(text);
    }

    private void sequence(Seq seq) {
        List<Value> items = seq.items();
        budget.enter();
        out.append(seq.tuple() ? '(' : '[');
        for (int i = 0; i < items.size(); i++) {
            out.append(i == 0 ? "" : ", ");
            value(items.get(i));
        }
        out.append(seq.tuple() ? items.size() == 1 ? ",)" : ")" : "]");
        budget.leave();
    }

    private void mapping(Dict dict) {
        budget.enter();
        out.append('{');
        dict.entries()
                .forEach((key, value) -> {
                    out.append(out.charAt(out.length() - 1) == '{' ? "" : ", ");
                    value(key);
                    out.append(": ");
                    value(value);
                });
        out.append('}');
        budget.leave();
    }

    private void quoted(Text text) {
        budget.allocate(text.length());
        trusted &= text.isTrusted();
        String chars = text.chars();
        char quote = chars.indexOf('\'') >= 0 && chars.indexOf('"') < 0 ? '"' : '\'';
        out.append(quote);
        chars.codePoints().forEach(c -> character(c, quote));
        out.append(quote);
    }

    private void character(int c, char quote) {
        switch (c) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\\' -> out.append("\\\\");
            default -> {
                if (c == quote) {
                    out.append('\\').append(quote);
                } else if (c == ' ' || isPrintable(c)) {
                    out.appendCodePoint(c);
                } else {
                    String escape = c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x";
                    out.append(String.format(escape, c));
                }
            }
        }
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR ->
                    false;
            default -> true;
        };
    }

    static String print(Num number) {
        return number.isFloat() ? print(number.toDouble()) : number.value().toString();
    }

    private static String print(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int exponent = decimal.precision() - decimal.scale() - 1;
        if (exponent >= -4 && exponent < 16) {
            String plain = decimal.toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        return scientific(decimal, exponent);
    }

    private static String scientific(BigDecimal decimal, int exponent) {
        String digits = decimal.unscaledValue().abs().toString();
        String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
        String sign = decimal.signum() < 0 ? "-" : "";
        return "%s%c%se%s%02d"
                .formatted(
                        sign,
                        digits.charAt(0),
                        fraction,
                        exponent < 0 ? "-" : "+",
                        Math.abs(exponent));
    }
}
