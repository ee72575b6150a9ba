package dev.tandem.llamacpp.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The evaluated arguments of a call, a filter or a test; names are texts, since {@code **dict} may
 * take a caller's.
 */
record Arguments(List<Value> positional, Map<Text, Value> named) {
    static final Arguments NONE = new Arguments(List.of(), Map.of());

    int size() {
        return positional.size();
    }

    /** An argument by place or by name, null where it was not given. */
    @Nullable Value find(int place, String name) {
        return place < positional.size() ? positional.get(place) : named(name);
    }

    /** An argument by name alone, null where it was not given. */
    @Nullable Value named(String name) {
        return named.isEmpty() ? null : named.get(Text.trusted(name));
    }

    Value or(int place, String name, Value otherwise) {
        Value given = find(place, name);
        return given == null ? otherwise : given;
    }

    Value required(int place, String name) {
        Value given = find(place, name);
        if (given == null) {
            throw TemplateException.runtime("the argument '" + name + "' is missing");
        }
        return given;
    }

    Text text(int place, String name) {
        return asText(required(place, name));
    }

    boolean flag(int place, String name) {
        return or(place, name, Value.Bool.FALSE).truth();
    }

    long number(int place, String name, long otherwise) {
        Value given = find(place, name);
        return given == null || given == Value.None.NONE ? otherwise : Num.index(given);
    }

    Arguments with(String name, Value value) {
        Map<Text, Value> more = new LinkedHashMap<>(named);
        more.put(Text.trusted(name), value);
        return new Arguments(positional, more);
    }

    /** The arguments after the first ones. */
    Arguments from(int place) {
        int start = Math.min(place, positional.size());
        return new Arguments(positional.subList(start, positional.size()), named);
    }

    static Text asText(Value value) {
        if (value instanceof Text text) {
            return text;
        }
        throw TemplateException.runtime("a string is expected, not " + value.typeName());
    }
}
