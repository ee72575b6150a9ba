package dev.tandem.llamacpp.template;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Python's {@code '%05.2f' % value}. */
final class PercentFormat {
    private static final int MAX_WIDTH = 10_000;
    private static final String FLAGS = "-0+ #";

    private final Budget budget;
    private final Text format;
    private final List<Value> values;
    private final TextBuilder out = new TextBuilder();
    private int position;
    private int used;

    private PercentFormat(Budget budget, Text format, List<Value> values) {
        this.budget = budget;
        this.format = format;
        this.values = values;
    }

    static Text format(Budget budget, Text format, List<Value> values) {
        PercentFormat run = new PercentFormat(budget, format, values);
        budget.allocate(format.length());
        while (run.position < format.length()) {
            run.literalAndField();
        }
        return run.out.build();
    }

    private void literalAndField() {
        int percent = format.chars().indexOf('%', position);
        int end = percent < 0 ? format.length() : percent;
        out.append(format, position, end);
        position = end;
        if (percent < 0) {
            return;
        }
        position++;
        String flags = flags();
        int width = number(0);
        int precision = peek() == '.' ? fraction() : -1;
        char type = peek();
        position++;
        if (type == '%') {
            out.append(format, position - 1, position);
            return;
        }
        budget.allocate(width);
        pad(out, field(type, precision, value()), flags, width, flags.contains("-"));
    }

    private char peek() {
        if (position >= format.length()) {
            throw TemplateException.runtime("incomplete format: a type is missing behind '%'");
        }
        return format.chars().charAt(position);
    }

    private String flags() {
        int start = position;
        while (FLAGS.indexOf(peek()) >= 0) {
            position++;
        }
        return format.chars().substring(start, position);
    }

    private int fraction() {
        position++;
        return number(0);
    }

    private int number(int start) {
        int number = start;
        for (char c = peek(); c >= '0' && c <= '9'; c = peek()) {
            number = 10 * number + c - '0';
            if (number > MAX_WIDTH) {
                throw TemplateException.limit(
                        "a format is wider than " + MAX_WIDTH + " characters");
            }
            position++;
        }
        return number;
    }

    private Value value() {
        if (used == values.size()) {
            throw TemplateException.runtime("not enough arguments for format string");
        }
        return values.get(used++);
    }

    private Text field(char type, int precision, Value value) {
        return switch (type) {
            case 's', 'r' -> {
                Text text =
                        type == 's'
                                ? Printer.print(budget, value)
                                : Printer.represent(budget, value);
                budget.allocate(text.length());
                yield precision < 0 || precision >= text.length() ? text : text.slice(0, precision);
            }
            case 'f', 'F' -> fixed(numeric(value), precision < 0 ? 6 : precision);
            case 'd', 'i', 'u' -> Text.trusted(whole(numeric(value)).toBigInteger().toString());
            case 'x' -> Text.trusted(whole(numeric(value)).toBigInteger().toString(16));
            default ->
                    throw TemplateException.runtime("unsupported format character '" + type + "'");
        };
    }

    private static Num numeric(Value value) {
        Num number = Num.from(value);
        if (number == null) {
            throw TemplateException.runtime("a number is required, not " + value.typeName());
        }
        return number;
    }

    private static Num whole(Num number) {
        return number.isFloat() ? Num.of((long) number.toDouble()) : number;
    }

    private Text fixed(Num number, int digits) {
        double value = number.toDouble();
        if (!Double.isFinite(value)) {
            return Text.trusted(Printer.print(number));
        }
        budget.allocate(digits);
        String text =
                new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
        return Text.trusted(text);
    }

    private static void pad(TextBuilder out, Text field, String flags, int width, boolean left) {
        int missing = width - field.codePoints();
        boolean zeros = flags.contains("0") && !left;
        if (missing > 0 && !left && !zeros) {
            out.append(" ".repeat(missing));
        }
        int sign = zeros && field.chars().startsWith("-") ? 1 : 0;
        out.append(field, 0, sign);
        if (missing > 0 && zeros) {
            out.append("0".repeat(missing));
        }
        out.append(field, sign, field.length());
        if (missing > 0 && left) {
            out.append(" ".repeat(missing));
        }
    }
}
