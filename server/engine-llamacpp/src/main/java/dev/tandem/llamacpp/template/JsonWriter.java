package dev.tandem.llamacpp.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The filter {@code tojson} as transformers sets it up: Python's json.dumps, nothing escaped for
 * HTML.
 */
final class JsonWriter {

    /**
     * How to write.
     *
     * @param indent one level's, null for everything on one line
     */
    record Style(@Nullable Text indent, Text comma, Text colon, boolean ascii, boolean sorted) {}

    private final Budget budget;
    private final Style style;
    private final StringBuilder out = new StringBuilder();
    private boolean trusted;
    private int depth;

    private JsonWriter(Budget budget, Style style) {
        this.budget = budget;
        this.style = style;
        this.trusted =
                style.comma.isTrusted()
                        && style.colon.isTrusted()
                        && (style.indent == null || style.indent.isTrusted());
    }

    /**
     * JSON is the caller's as a whole if any string in it is: cut into pieces it would also be cut
     * into other tokens.
     */
    static Text write(Budget budget, Style style, Value value) {
        JsonWriter writer = new JsonWriter(budget, style);
        writer.value(value);
        String json = writer.out.toString();
        return writer.trusted ? Text.trusted(json) : Text.fromCaller(json);
    }

    private void value(Value value) {
        budget.step();
        budget.output(out.length());
        switch (value) {
            case Text text -> string(text);
            case Seq seq -> array(seq.items());
            case Dict dict -> object(dict);
            case Num number -> plain(number(number));
            case Value.None none -> plain("null");
            case Value.Bool bool -> plain(bool.truth() ? "true" : "false");
            default ->
                    throw TemplateException.runtime(
                            "Object of type " + value.typeName() + " is not JSON serializable");
        }
    }

    private static String number(Num number) {
        String text = Printer.print(number);
        return switch (text) {
            case "nan" -> "NaN";
            case "inf" -> "Infinity";
            case "-inf" -> "-Infinity";
            default -> text;
        };
    }

    private void plain(String text) {
        budget.allocate(text.length());
        out.append(text);
    }

    private void array(List<Value> items) {
        open('[');
        boolean first = true;
        for (Value item : items) {
            separate(first);
            first = false;
            value(item);
        }
        close(']', first);
    }

    private void object(Dict dict) {
        open('{');
        boolean first = true;
        for (Map.Entry<Value, Value> entry : entries(dict)) {
            separate(first);
            first = false;
            key(entry.getKey());
            plain(style.colon.chars());
            value(entry.getValue());
        }
        close('}', first);
    }

    private List<Map.Entry<Value, Value>> entries(Dict dict) {
        budget.allocateElements(dict.entries().size());
        List<Map.Entry<Value, Value>> entries = new ArrayList<>(dict.entries().entrySet());
        if (style.sorted) {
            entries.sort((a, b) -> Comparing.order(budget, a.getKey(), b.getKey()));
        }
        return entries;
    }

    /** Keys are strings in JSON, whatever they are here. */
    private void key(Value key) {
        if (key instanceof Text text) {
            string(text);
            return;
        }
        out.append('"');
        value(key);
        out.append('"');
    }

    private void open(char bracket) {
        budget.enter();
        out.append(bracket);
        depth++;
    }

    private void separate(boolean first) {
        plain(first ? "" : style.comma.chars());
        newLine();
    }

    private void close(char bracket, boolean empty) {
        depth--;
        budget.leave();
        if (!empty) {
            newLine();
        }
        out.append(bracket);
    }

    private void newLine() {
        if (style.indent != null) {
            budget.allocate((long) depth * style.indent.length());
            out.append('\n').repeat(style.indent.chars(), depth);
        }
    }

    private void string(Text text) {
        budget.allocate(text.length());
        trusted &= text.isTrusted();
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            character(text.chars().charAt(i));
        }
        out.append('"');
    }

    private void character(char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            default -> {
                if (c < ' ' || (style.ascii && c > '~')) {
                    out.append(String.format("\\u%04x", (int) c));
                } else {
                    out.append(c);
                }
            }
        }
    }
}
