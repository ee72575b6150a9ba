package dev.tandem.llamacpp.template;

import static java.util.Map.entry;

import dev.tandem.llamacpp.template.Methods.Method;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;

/** Methods of strings. */
final class TextMethods {
    static final Map<String, Method<Text>> ALL =
            Map.ofEntries(
                    entry(
                            "strip",
                            (budget, text, arguments) ->
                                    strip(budget, text, arguments, true, true)),
                    entry(
                            "lstrip",
                            (budget, text, arguments) ->
                                    strip(budget, text, arguments, true, false)),
                    entry(
                            "rstrip",
                            (budget, text, arguments) ->
                                    strip(budget, text, arguments, false, true)),
                    entry("split", TextMethods::split),
                    entry("rsplit", TextMethods::splitFromEnd),
                    entry("splitlines", TextMethods::lines),
                    entry(
                            "partition",
                            (budget, text, arguments) -> partition(budget, text, arguments, false)),
                    entry(
                            "rpartition",
                            (budget, text, arguments) -> partition(budget, text, arguments, true)),
                    entry("join", TextMethods::join),
                    entry("replace", TextMethods::replace),
                    entry("removeprefix", TextMethods::removePrefix),
                    entry("removesuffix", TextMethods::removeSuffix),
                    entry("format", BraceFormat::format),
                    entry("startswith", TextMethods::startsWith),
                    entry("endswith", TextMethods::endsWith),
                    entry("find", TextMethods::find),
                    entry("rfind", TextMethods::findLast),
                    entry("index", TextMethods::index),
                    entry("count", TextMethods::count),
                    entry("upper", (budget, text, arguments) -> TextOperations.upper(budget, text)),
                    entry("lower", (budget, text, arguments) -> TextOperations.lower(budget, text)),
                    entry(
                            "casefold",
                            (budget, text, arguments) -> TextOperations.lower(budget, text)),
                    entry(
                            "capitalize",
                            (budget, text, arguments) -> TextOperations.capitalize(budget, text)),
                    entry("title", TextMethods::title),
                    entry("isdigit", are(Character::isDigit)),
                    entry("isnumeric", are(Character::isDigit)),
                    entry("isdecimal", are(Character::isDigit)),
                    entry("isalpha", are(Character::isLetter)),
                    entry("isalnum", are(Character::isLetterOrDigit)),
                    entry("isspace", are(c -> Whitespace.is((char) c))),
                    entry(
                            "isupper",
                            (budget, text, arguments) -> Value.Bool.of(isUpper(budget, text))),
                    entry(
                            "islower",
                            (budget, text, arguments) -> Value.Bool.of(isLower(budget, text))));

    private TextMethods() {}

    private static Value strip(
            Budget budget, Text text, Arguments arguments, boolean start, boolean end) {
        return TextOperations.strip(
                budget, text, arguments.or(0, "chars", Value.None.NONE), start, end);
    }

    private static Value split(Budget budget, Text text, Arguments arguments) {
        Value separator = arguments.or(0, "sep", Value.None.NONE);
        long most = arguments.number(1, "maxsplit", -1);
        return separator == Value.None.NONE
                ? TextOperations.words(budget, text, most)
                : TextOperations.split(budget, text, Arguments.asText(separator), most);
    }

    private static Value splitFromEnd(Budget budget, Text text, Arguments arguments) {
        long most = arguments.number(1, "maxsplit", -1);
        boolean words = arguments.or(0, "sep", Value.None.NONE) == Value.None.NONE && most < 0;
        return words
                ? TextOperations.words(budget, text, most)
                : TextOperations.splitFromEnd(budget, text, arguments.text(0, "sep"), most);
    }

    private static Value lines(Budget budget, Text text, Arguments arguments) {
        return Seq.list(TextOperations.lines(budget, text, arguments.flag(0, "keepends")));
    }

    private static Value partition(Budget budget, Text text, Arguments arguments, boolean last) {
        return TextOperations.partition(budget, text, arguments.text(0, "sep"), last);
    }

    private static Value join(Budget budget, Text separator, Arguments arguments) {
        List<Value> parts = Access.items(budget, arguments.required(0, "iterable"));
        parts.forEach(Arguments::asText);
        return TextOperations.join(budget, separator, parts);
    }

    private static Value replace(Budget budget, Text text, Arguments arguments) {
        Text old = arguments.text(0, "old");
        return TextOperations.replace(
                budget, text, old, arguments.text(1, "new"), arguments.number(2, "count", -1));
    }

    private static Value removePrefix(Budget budget, Text text, Arguments arguments) {
        Text prefix = arguments.text(0, "prefix");
        budget.allocate(text.length());
        boolean present = text.chars().startsWith(prefix.chars());
        return present ? text.slice(prefix.length(), text.length()) : text;
    }

    private static Value removeSuffix(Budget budget, Text text, Arguments arguments) {
        Text suffix = arguments.text(0, "suffix");
        budget.allocate(text.length());
        boolean present = text.chars().endsWith(suffix.chars());
        return present ? text.slice(0, text.length() - suffix.length()) : text;
    }

    private static Value startsWith(Budget budget, Text text, Arguments arguments) {
        return Value.Bool.of(
                candidates(budget, arguments, "prefix").stream()
                        .anyMatch(text.chars()::startsWith));
    }

    private static Value endsWith(Budget budget, Text text, Arguments arguments) {
        return Value.Bool.of(
                candidates(budget, arguments, "suffix").stream().anyMatch(text.chars()::endsWith));
    }

    /** One string, or a tuple of which any will do. */
    private static List<String> candidates(Budget budget, Arguments arguments, String name) {
        Value given = arguments.required(0, name);
        List<Value> texts = given instanceof Seq seq && seq.tuple() ? seq.items() : List.of(given);
        texts.forEach(text -> budget.read(Arguments.asText(text).length()));
        return texts.stream().map(Value::toString).toList();
    }

    private static Value find(Budget budget, Text text, Arguments arguments) {
        String searched = arguments.text(0, "sub").chars();
        return place(text, Search.indexOf(budget, text.chars(), searched, 0));
    }

    private static Value findLast(Budget budget, Text text, Arguments arguments) {
        String searched = arguments.text(0, "sub").chars();
        return place(text, Search.lastIndexOf(budget, text.chars(), searched, text.length()));
    }

    private static Value index(Budget budget, Text text, Arguments arguments) {
        int found = Search.indexOf(budget, text.chars(), arguments.text(0, "sub").chars(), 0);
        if (found < 0) {
            throw TemplateException.runtime("substring not found");
        }
        return place(text, found);
    }

    /** Python counts code points. */
    private static Num place(Text text, int found) {
        return Num.of(found < 0 ? -1L : text.chars().codePointCount(0, found));
    }

    private static Value count(Budget budget, Text text, Arguments arguments) {
        Text searched = arguments.text(0, "sub");
        if (searched.length() == 0) {
            return Num.of(text.codePoints() + 1L);
        }
        long count = 0;
        int found = Search.indexOf(budget, text.chars(), searched.chars(), 0);
        while (found >= 0) {
            count++;
            found =
                    Search.indexOf(
                            budget, text.chars(), searched.chars(), found + searched.length());
        }
        return Num.of(count);
    }

    private static Value title(Budget budget, Text text, Arguments arguments) {
        return TextOperations.title(budget, text, c -> !Character.isLetter(c));
    }

    private static Method<Text> are(IntPredicate kind) {
        return (budget, text, arguments) -> {
            budget.read(text.length());
            return Value.Bool.of(text.truth() && text.chars().codePoints().allMatch(kind));
        };
    }

    static boolean isUpper(Budget budget, Text text) {
        budget.allocate(2L * text.length());
        return text.chars().equals(text.chars().toUpperCase(Locale.ROOT))
                && !text.chars().equals(text.chars().toLowerCase(Locale.ROOT));
    }

    static boolean isLower(Budget budget, Text text) {
        budget.allocate(2L * text.length());
        return text.chars().equals(text.chars().toLowerCase(Locale.ROOT))
                && !text.chars().equals(text.chars().toUpperCase(Locale.ROOT));
    }
}
