package dev.tandem.llamacpp.template;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Attributes, items and iteration. Nothing but the values' own parts can be reached: there is no
 * reflection.
 */
final class Access {
    private Access() {}

    /** {@code value.name}: a method first, then an entry, as Jinja2 has it. */
    static Value attribute(Value value, Text name) {
        return switch (value) {
            case Value.Undefined undefined -> throw undefined.used();
            case Value.Namespace namespace ->
                    orMissing(namespace.attributes().get(name.chars()), value, name);
            case LoopState loop -> loop.attribute(name.chars());
            case Dict dict -> {
                Value method = Methods.find(value, name.chars());
                yield method != null ? method : orMissing(dict.find(name), value, name);
            }
            default -> orMissing(Methods.find(value, name.chars()), value, name);
        };
    }

    /** {@code value[key]}: an entry first, then a method. */
    static Value item(Budget budget, Value value, Value key) {
        if (value instanceof Value.Undefined undefined) {
            throw undefined.used();
        }
        if (value instanceof Dict dict) {
            Value found = Dict.isKey(key) ? dict.find(key) : null;
            boolean method = found == null && key instanceof Text;
            return orMissing(method ? Methods.find(value, key.toString()) : found, value, key);
        }
        if (key instanceof Num number && number.value() instanceof Long index) {
            return orMissing(at(budget, value, index), value, key);
        }
        return key instanceof Text name ? attribute(value, name) : missing(value, key);
    }

    private static @Nullable Value at(Budget budget, Value value, long index) {
        return switch (value) {
            case Seq seq -> {
                long place = index < 0 ? index + seq.size() : index;
                yield place >= 0 && place < seq.size() ? seq.items().get((int) place) : null;
            }
            case Text text -> {
                budget.read(text.length());
                int length = text.codePoints();
                long place = index < 0 ? index + length : index;
                yield place >= 0 && place < length ? character(text, (int) place) : null;
            }
            default -> null;
        };
    }

    private static Text character(Text text, int place) {
        int start = text.chars().offsetByCodePoints(0, place);
        return text.slice(start, start + Character.charCount(text.chars().codePointAt(start)));
    }

    /** An attribute path of a filter: {@code 'function.name'}, or an index. */
    static Value path(Budget budget, Value value, Value path) {
        if (!(path instanceof Text text)) {
            return item(budget, value, path);
        }
        Value found = value;
        for (String name : text.chars().split("\\.", -1)) {
            boolean index = !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
            found = item(budget, found, index ? Num.whole(name) : Text.trusted(name));
        }
        return found;
    }

    /** What a loop over the value sees, as a new list. */
    static List<Value> items(Budget budget, Value value) {
        return switch (value) {
            case Value.Undefined undefined -> new ArrayList<>();
            case Seq seq -> {
                budget.allocateElements(seq.size());
                yield new ArrayList<>(seq.items());
            }
            case Dict dict -> dict.keys(budget);
            case Text text -> characters(budget, text);
            default ->
                    throw TemplateException.runtime(
                            "'" + value.typeName() + "' object is not iterable");
        };
    }

    private static List<Value> characters(Budget budget, Text text) {
        budget.allocateElements(2L * text.length());
        List<Value> characters = new ArrayList<>(text.length());
        int next;
        for (int i = 0; i < text.length(); i = next) {
            next = i + Character.charCount(text.chars().codePointAt(i));
            characters.add(text.slice(i, next));
        }
        return characters;
    }

    private static Value orMissing(@Nullable Value found, Value owner, Value key) {
        return found != null ? found : missing(owner, key);
    }

    private static Value missing(Value owner, Value key) {
        String name = key instanceof Text text ? text.chars() : key.typeName();
        return new Value.Undefined(
                "'" + owner.typeName() + "' object has no attribute '" + name + "'");
    }
}
