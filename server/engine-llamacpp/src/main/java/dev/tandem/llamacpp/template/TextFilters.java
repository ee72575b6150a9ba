package dev.tandem.llamacpp.template;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Filters that make strings. */
final class TextFilters {
    /** The characters behind which the filter title begins a word, besides white space. */
    private static final String WORD_BOUNDARIES = "-({[<";

    static final Map<String, Filter> ALL =
            Map.ofEntries(
                    entry("tojson", TextFilters::toJson),
                    entry("string", (rendering, value, arguments) -> print(rendering, value)),
                    // in Python, joining to a safe string escapes for HTML; a prompt is no HTML
                    entry("safe", (rendering, value, arguments) -> value),
                    entry("trim", TextFilters::trim),
                    entry("upper", ofText(TextOperations::upper)),
                    entry("lower", ofText(TextOperations::lower)),
                    entry("capitalize", ofText(TextOperations::capitalize)),
                    entry("title", ofText(TextFilters::title)),
                    entry("escape", ofText(TextFilters::escape)),
                    entry("e", ofText(TextFilters::escape)),
                    entry("replace", TextFilters::replace),
                    entry("indent", TextFilters::indent),
                    entry("join", TextFilters::join),
                    entry("format", TextFilters::format));

    private TextFilters() {}

    @FunctionalInterface
    private interface TextOperation {
        Text apply(Budget budget, Text text);
    }

    private static Filter ofText(TextOperation operation) {
        return (rendering, value, arguments) ->
                operation.apply(rendering.budget(), print(rendering, value));
    }

    private static Text print(Rendering rendering, Value value) {
        return Printer.print(rendering.budget(), value);
    }

    private static Value toJson(Rendering rendering, Value value, Arguments arguments) {
        Text indent = jsonIndent(rendering.budget(), arguments.or(1, "indent", Value.None.NONE));
        Text comma = Text.trusted(indent == null ? ", " : ",");
        Text colon = Text.trusted(": ");
        if (arguments.find(2, "separators") instanceof Seq separators && separators.size() == 2) {
            comma = Arguments.asText(separators.items().get(0));
            colon = Arguments.asText(separators.items().get(1));
        }
        boolean ascii = arguments.flag(0, "ensure_ascii");
        boolean sorted = arguments.flag(3, "sort_keys");
        JsonWriter.Style style = new JsonWriter.Style(indent, comma, colon, ascii, sorted);
        return JsonWriter.write(rendering.budget(), style, value);
    }

    private static @Nullable Text jsonIndent(Budget budget, Value indent) {
        if (indent == Value.None.NONE) {
            return null;
        }
        return indent instanceof Text text ? text : spaces(budget, Num.index(indent));
    }

    private static Text spaces(Budget budget, long count) {
        budget.allocate(Math.max(0, count));
        return Text.trusted(" ".repeat((int) Math.max(0, count)));
    }

    private static Value trim(Rendering rendering, Value value, Arguments arguments) {
        Value set = arguments.or(0, "chars", Value.None.NONE);
        return TextOperations.strip(rendering.budget(), print(rendering, value), set, true, true);
    }

    private static Text title(Budget budget, Text text) {
        return TextOperations.title(
                budget, text, c -> Whitespace.is((char) c) || WORD_BOUNDARIES.indexOf(c) >= 0);
    }

    private static Text escape(Budget budget, Text text) {
        Text escaped = text;
        Map<String, String> entities =
                Map.of("<", "&lt;", ">", "&gt;", "\"", "&#34;", "'", "&#39;");
        escaped = replace(budget, escaped, "&", "&amp;");
        for (Map.Entry<String, String> entity : entities.entrySet()) {
            escaped = replace(budget, escaped, entity.getKey(), entity.getValue());
        }
        return escaped;
    }

    private static Text replace(Budget budget, Text text, String old, String replacement) {
        // what replaces the caller's character is the caller's
        Text replaced = text.derive(replacement);
        return TextOperations.replace(budget, text, Text.trusted(old), replaced, -1);
    }

    private static Value replace(Rendering rendering, Value value, Arguments arguments) {
        Text old = print(rendering, arguments.required(0, "old"));
        Text replacement = print(rendering, arguments.required(1, "new"));
        long most = arguments.number(2, "count", -1);
        return TextOperations.replace(
                rendering.budget(), print(rendering, value), old, replacement, most);
    }

    private static Value indent(Rendering rendering, Value value, Arguments arguments) {
        Budget budget = rendering.budget();
        Value width = arguments.or(0, "width", Num.of(4));
        Text indent = width instanceof Text text ? text : spaces(budget, Num.index(width));
        return TextOperations.indent(
                budget,
                print(rendering, value),
                indent,
                arguments.flag(1, "first"),
                arguments.flag(2, "blank"));
    }

    private static Value join(Rendering rendering, Value value, Arguments arguments) {
        Budget budget = rendering.budget();
        List<Value> parts = Access.items(budget, value);
        Value attribute = arguments.find(1, "attribute");
        if (attribute != null && attribute != Value.None.NONE) {
            parts.replaceAll(part -> Access.path(budget, part, attribute));
        }
        return TextOperations.join(
                budget, print(rendering, arguments.or(0, "d", Text.EMPTY)), parts);
    }

    private static Value format(Rendering rendering, Value value, Arguments arguments) {
        return PercentFormat.format(
                rendering.budget(), print(rendering, value), arguments.positional());
    }
}
