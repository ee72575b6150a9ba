package dev.tandem.llamacpp.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/** What Python's str can do, each character keeping its origin as far as it can be followed. */
final class TextOperations {
    private TextOperations() {}

    /** Removes characters at the ends: white space, or those of a set. */
    static Text strip(Budget budget, Text text, Value set, boolean start, boolean end) {
        budget.allocate(text.length());
        if (set == Value.None.NONE || set instanceof Value.Undefined) {
            int to = end ? Whitespace.trailing(text.chars()) : text.length();
            return text.slice(start ? Math.min(to, Whitespace.leading(text.chars())) : 0, to);
        }
        String removed = Arguments.asText(set).chars();
        int from = 0;
        int to = text.length();
        while (start && from < to && removed.indexOf(text.chars().charAt(from)) >= 0) {
            budget.read(removed.length());
            from++;
        }
        while (end && to > from && removed.indexOf(text.chars().charAt(to - 1)) >= 0) {
            budget.read(removed.length());
            to--;
        }
        return text.slice(from, to);
    }

    /** Replaces at most so many occurrences, all of them if the number is negative. */
    static Text replace(Budget budget, Text text, Text old, Text replacement, long most) {
        long left = most < 0 ? Long.MAX_VALUE : most;
        TextBuilder out = new TextBuilder();
        int position = 0;
        while (left-- > 0) {
            int found = Search.indexOf(budget, text.chars(), old.chars(), position);
            if (found < 0) {
                break;
            }
            budget.allocate((long) found - position + replacement.length());
            out.append(text, position, found).append(replacement);
            position = found + old.length();
            if (old.length() == 0) {
                if (found == text.length()) {
                    return out.build();
                }
                position = found + Character.charCount(text.chars().codePointAt(found));
                out.append(text, found, position);
            }
        }
        budget.allocate((long) text.length() - position);
        return out.append(text, position, text.length()).build();
    }

    /** Cuts at a separator, at most so many times if the number is not negative. */
    static Seq split(Budget budget, Text text, Text separator, long most) {
        requireSeparator(separator);
        List<Value> parts = new ArrayList<>();
        int position = 0;
        while (most < 0 || parts.size() < most) {
            int found = Search.indexOf(budget, text.chars(), separator.chars(), position);
            if (found < 0) {
                break;
            }
            addSlice(budget, parts, text, position, found);
            position = found + separator.length();
        }
        addSlice(budget, parts, text, position, text.length());
        return Seq.list(parts);
    }

    /** Cuts at a separator from the end on. */
    static Seq splitFromEnd(Budget budget, Text text, Text separator, long most) {
        requireSeparator(separator);
        List<Value> parts = new ArrayList<>();
        int end = text.length();
        while (most < 0 || parts.size() < most) {
            int last = end - separator.length();
            int found =
                    last < 0
                            ? -1
                            : Search.lastIndexOf(budget, text.chars(), separator.chars(), last);
            if (found < 0) {
                break;
            }
            addSlice(budget, parts, text, found + separator.length(), end);
            end = found;
        }
        addSlice(budget, parts, text, 0, end);
        return Seq.list(parts.reversed());
    }

    private static void requireSeparator(Text separator) {
        if (separator.length() == 0) {
            throw TemplateException.runtime("empty separator");
        }
    }

    /** Cuts at runs of white space, at most so many times if the number is not negative. */
    static Seq words(Budget budget, Text text, long most) {
        List<Value> words = new ArrayList<>();
        String chars = text.chars();
        int end = Whitespace.trailing(chars);
        int start = Math.min(end, Whitespace.leading(chars));
        while (start < end) {
            int stop = start;
            boolean last = most >= 0 && words.size() >= most;
            while (stop < end && (last || !Whitespace.is(chars.charAt(stop)))) {
                stop++;
            }
            addSlice(budget, words, text, start, last ? text.length() : stop);
            start = stop;
            while (start < end && Whitespace.is(chars.charAt(start))) {
                start++;
            }
        }
        return Seq.list(words);
    }

    /** Cuts at line ends. */
    static List<Value> lines(Budget budget, Text text, boolean keepEnds) {
        List<Value> lines = new ArrayList<>();
        String chars = text.chars();
        int start = 0;
        for (int i = 0; i < chars.length(); i++) {
            if (Whitespace.isLineEnd(chars.charAt(i))) {
                boolean pair = chars.startsWith("\r\n", i);
                int next = i + (pair ? 2 : 1);
                addSlice(budget, lines, text, start, keepEnds ? next : i);
                start = next;
                i = next - 1;
            }
        }
        if (start < chars.length()) {
            addSlice(budget, lines, text, start, chars.length());
        }
        return lines;
    }

    private static void addSlice(Budget budget, List<Value> parts, Text text, int from, int to) {
        budget.allocateElements(2);
        budget.allocate((long) to - from);
        parts.add(text.slice(from, to));
    }

    /** The text before, of and behind a separator. */
    static Seq partition(Budget budget, Text text, Text separator, boolean last) {
        requireSeparator(separator);
        String chars = text.chars();
        int found =
                last
                        ? Search.lastIndexOf(
                                budget,
                                chars,
                                separator.chars(),
                                chars.length() - separator.length())
                        : Search.indexOf(budget, chars, separator.chars(), 0);
        budget.allocate(text.length());
        if (found < 0) {
            return last
                    ? Seq.tuple(Text.EMPTY, Text.EMPTY, text)
                    : Seq.tuple(text, Text.EMPTY, Text.EMPTY);
        }
        // the separator as it stands in the text: who wrote it there is what counts
        int behind = found + separator.length();
        return Seq.tuple(
                text.slice(0, found), text.slice(found, behind), text.slice(behind, text.length()));
    }

    static Text join(Budget budget, Text separator, List<Value> parts) {
        TextBuilder out = new TextBuilder();
        for (int i = 0; i < parts.size(); i++) {
            Text part = Printer.print(budget, parts.get(i));
            budget.allocate((long) part.length() + separator.length());
            if (i > 0) {
                out.append(separator);
            }
            out.append(part);
        }
        return out.build();
    }

    static Text upper(Budget budget, Text text) {
        budget.allocate(text.length());
        return text.recased(text.chars().toUpperCase(Locale.ROOT));
    }

    static Text lower(Budget budget, Text text) {
        budget.allocate(text.length());
        return text.recased(text.chars().toLowerCase(Locale.ROOT));
    }

    static Text capitalize(Budget budget, Text text) {
        budget.allocate(text.length());
        if (text.length() == 0) {
            return text;
        }
        int first = text.chars().offsetByCodePoints(0, 1);
        String rest = text.chars().substring(first).toLowerCase(Locale.ROOT);
        return text.recased(text.chars().substring(0, first).toUpperCase(Locale.ROOT) + rest);
    }

    /** Upper case at the beginning and behind each boundary, lower case elsewhere. */
    static Text title(Budget budget, Text text, IntPredicate boundary) {
        budget.allocate(text.length());
        StringBuilder out = new StringBuilder();
        boolean start = true;
        for (char c : text.chars().toCharArray()) {
            out.append(start ? Character.toUpperCase(c) : Character.toLowerCase(c));
            start = boundary.test(c);
        }
        return text.recased(out.toString());
    }

    /** Indents all lines but, unless asked for, the first and empty ones. */
    static Text indent(Budget budget, Text text, Text indent, boolean first, boolean blank) {
        List<Value> lines =
                lines(budget, new TextBuilder().append(text).append('\n').build(), false);
        TextBuilder out = new TextBuilder();
        for (int i = 0; i < lines.size(); i++) {
            Text line = (Text) lines.get(i);
            budget.allocate((long) line.length() + indent.length() + 1);
            boolean indented = i == 0 ? first : blank || line.length() > 0;
            out.append(i == 0 ? "" : "\n").append(indented ? indent : Text.EMPTY).append(line);
        }
        return out.build();
    }
}
