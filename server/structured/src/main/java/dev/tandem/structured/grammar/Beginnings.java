package dev.tandem.structured.grammar;

import dev.tandem.structured.json.Json;
import dev.tandem.structured.schema.Schema;
import dev.tandem.structured.schema.Schema.AnyOf;
import dev.tandem.structured.schema.Schema.Anything;
import dev.tandem.structured.schema.Schema.ArrayValue;
import dev.tandem.structured.schema.Schema.BooleanValue;
import dev.tandem.structured.schema.Schema.Nothing;
import dev.tandem.structured.schema.Schema.NullValue;
import dev.tandem.structured.schema.Schema.NumberValue;
import dev.tandem.structured.schema.Schema.ObjectValue;
import dev.tandem.structured.schema.Schema.Reference;
import dev.tandem.structured.schema.Schema.StringValue;
import dev.tandem.structured.schema.Schema.Values;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether the beginning of a value tells which of two schemas it follows. */
final class Beginnings {
    private static final String ALL = "{[\"0tn";

    private final Map<String, Schema> definitions;

    Beginnings(Map<String, Schema> definitions) {
        this.definitions = definitions;
    }

    /** Whether values of both may begin with the same character. */
    boolean beginAlike(Schema one, Schema other) {
        Set<Character> first = firsts(one, new HashSet<>());
        return !Collections.disjoint(first, firsts(other, new HashSet<>()));
    }

    /**
     * Whether a value's beginning tells the two apart before anything in it is nested. True at the
     * first character; else of objects, by a key that only one of them may have there, or by the
     * value of a required property of both.
     */
    boolean toldApart(Schema one, Schema other) {
        if (!beginAlike(one, other)) {
            return true;
        }
        return resolved(one) instanceof ObjectValue left
                && resolved(other) instanceof ObjectValue right
                && toldApartByMembers(left, right);
    }

    private boolean toldApartByMembers(ObjectValue left, ObjectValue right) {
        List<String> lefts = List.copyOf(left.properties().keySet());
        List<String> rights = List.copyOf(right.properties().keySet());
        for (int place = 0; place < Math.min(lefts.size(), rights.size()); place++) {
            if (Collections.disjoint(keys(left, lefts, place), keys(right, rights, place))) {
                return closed(left, lefts, place) || closed(right, rights, place);
            }
            String name = lefts.get(place);
            boolean same =
                    name.equals(rights.get(place))
                            && left.required().contains(name)
                            && right.required().contains(name);
            if (!same) {
                return false;
            }
            Schema a = resolved(left.property(name));
            Schema b = resolved(right.property(name));
            if (!beginAlike(a, b) || differ(a, b)) {
                return true;
            }
            if (!flat(a) || !flat(b)) {
                return false;
            }
        }
        return false;
    }

    private static boolean differ(Schema a, Schema b) {
        return a instanceof Values left
                && b instanceof Values right
                && Collections.disjoint(left.values(), right.values());
    }

    /** The named keys that may come at a place. */
    private static Set<String> keys(ObjectValue object, List<String> names, int from) {
        Set<String> keys = new HashSet<>();
        for (String name : names.subList(from, names.size())) {
            keys.add(name);
            if (object.required().contains(name)) {
                break;
            }
        }
        return keys;
    }

    /** Whether no key but the named ones can come at a place. */
    private static boolean closed(ObjectValue object, List<String> names, int from) {
        return object.open()
                || object.others().equals(Schema.NOTHING)
                || names.subList(from, names.size()).stream().anyMatch(object.required()::contains);
    }

    private static boolean flat(Schema schema) {
        return !(schema instanceof ObjectValue
                || schema instanceof ArrayValue
                || schema instanceof AnyOf
                || schema instanceof Anything
                || schema instanceof Reference);
    }

    /** The definition behind references. */
    private Schema resolved(Schema schema) {
        Schema target = schema;
        for (int i = 0; target instanceof Reference reference && i <= definitions.size(); i++) {
            target = definitions.getOrDefault(reference.pointer(), Schema.NOTHING);
        }
        return target;
    }

    private Set<Character> firsts(Schema schema, Set<String> seen) {
        return switch (schema) {
            case Anything ignored -> characters(ALL);
            case Nothing ignored -> Set.of();
            case NullValue ignored -> Set.of('n');
            case BooleanValue ignored -> Set.of('t');
            case NumberValue ignored -> Set.of('0');
            case StringValue ignored -> Set.of('"');
            case ArrayValue ignored -> Set.of('[');
            case ObjectValue ignored -> Set.of('{');
            case Values values -> {
                Set<Character> all = new HashSet<>();
                values.values().forEach(value -> all.add(first(value)));
                yield all;
            }
            case AnyOf any -> {
                Set<Character> all = new HashSet<>();
                any.schemas().forEach(one -> all.addAll(firsts(one, seen)));
                yield all;
            }
            case Reference reference ->
                    seen.add(reference.pointer())
                            ? firsts(
                                    definitions.getOrDefault(reference.pointer(), Schema.NOTHING),
                                    seen)
                            : Set.of();
        };
    }

    private static Character first(Json value) {
        return switch (value) {
            case Json.JsonObject ignored -> '{';
            case Json.JsonArray ignored -> '[';
            case Json.JsonString ignored -> '"';
            case Json.JsonNumber ignored -> '0';
            case Json.JsonBoolean ignored -> 't';
            case Json.JsonNull ignored -> 'n';
        };
    }

    private static Set<Character> characters(String all) {
        Set<Character> set = new HashSet<>();
        all.chars().forEach(c -> set.add((char) c));
        return set;
    }
}
