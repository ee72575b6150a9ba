package dev.tandem.llamacpp.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Python's {@code '{} {name} {0:.2f}'.format(…)}, without attributes and indexes in fields. */
final class BraceFormat {
    private final Budget budget;
    private final Text format;
    private final Arguments arguments;
    private final TextBuilder out = new TextBuilder();
    private int automatic;

    private BraceFormat(Budget budget, Text format, Arguments arguments) {
        this.budget = budget;
        this.format = format;
        this.arguments = arguments;
    }

    static Text format(Budget budget, Text format, Arguments arguments) {
        BraceFormat run = new BraceFormat(budget, format, arguments);
        budget.allocate(format.length());
        int position = 0;
        while (position < format.length()) {
            position = run.next(position);
        }
        return run.out.build();
    }

    /** Formats what begins here and gives where it ends. */
    private int next(int position) {
        String chars = format.chars();
        char c = chars.charAt(position);
        if (c != '{' && c != '}') {
            out.append(format, position, position + 1);
            return position + 1;
        }
        if (position + 1 < chars.length() && chars.charAt(position + 1) == c) {
            out.append(format, position, position + 1);
            return position + 2;
        }
        int end = chars.indexOf('}', position);
        if (c == '}' || end < 0) {
            throw TemplateException.runtime(
                    "a single '" + c + "' in a format string: write it twice");
        }
        field(chars.substring(position + 1, end));
        return end + 1;
    }

    private void field(String field) {
        int colon = field.indexOf(':');
        String name = colon < 0 ? field : field.substring(0, colon);
        String specification = colon < 0 ? "" : field.substring(colon + 1);
        Value value = value(name);
        if (value == null) {
            throw TemplateException.runtime("the format names '" + name + "', which is not given");
        }
        boolean plain = specification.isEmpty();
        Text text =
                plain
                        ? Printer.print(budget, value)
                        : PercentFormat.format(
                                budget, format.derive("%" + specification), List.of(value));
        budget.allocate(text.length());
        out.append(text);
    }

    private @Nullable Value value(String name) {
        if (name.isEmpty()) {
            return arguments.find(automatic++, "");
        }
        boolean index = name.length() < 4 && name.chars().allMatch(c -> c >= '0' && c <= '9');
        return index ? arguments.find(Integer.parseInt(name), name) : arguments.named(name);
    }
}
