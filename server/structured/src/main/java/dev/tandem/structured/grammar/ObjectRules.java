package dev.tandem.structured.grammar;

import dev.tandem.structured.json.JsonWriter;
import dev.tandem.structured.schema.Schema;
import dev.tandem.structured.schema.Schema.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of an object. The named properties come in their order, those that are not required may
 * be left out, the others come behind them. Two rules for each property: {@code key}, behind the
 * quote of a key that can be this one or a later one, and {@code members}, behind a value.
 */
final class ObjectRules {
    private static final String END = "\"}\"";
    private static final String QUOTE = Gbnf.literal("\"");

    private final Rules rules;
    private final GrammarWriter writer;
    private final String space;

    ObjectRules(Rules rules, GrammarWriter writer, String space) {
        this.rules = rules;
        this.writer = writer;
        this.space = space;
    }

    String rule(ObjectValue object) {
        List<String> names =
                object.properties().keySet().stream()
                        .filter(name -> !object.property(name).equals(Schema.NOTHING))
                        .toList();
        String keys = others(object, names.isEmpty());
        boolean mayEnd = !names.isEmpty() || object.leastProperties() == 0;
        for (String name : names.reversed()) {
            boolean required = object.required().contains(name);
            String key = key(name, object.property(name), members(keys, mayEnd));
            keys = rules.rule("key", keys == null || required ? List.of(key) : List.of(key, keys));
            mayEnd = mayEnd && !required;
        }
        String first = rules.rule("first", ends(keys, mayEnd, QUOTE));
        return rules.rule("object", List.of("\"{\" " + space + " " + first));
    }

    /** The rule of a key that has no schema of its own; null where there is none such. */
    private @Nullable String others(ObjectValue object, boolean alone) {
        boolean onlyNamed = object.open() && !object.properties().isEmpty();
        Integer most = object.mostProperties();
        if (onlyNamed || object.others().equals(Schema.NOTHING) || (most != null && most == 0)) {
            return null;
        }
        return alone ? counted(object) : endless(object);
    }

    private String key(String name, Schema schema, String behind) {
        String text = JsonWriter.quoted(name).substring(1) + ":";
        return Gbnf.literal(text) + value(schema, behind);
    }

    private String value(Schema schema, String behind) {
        return " " + space + " " + writer.rule(schema) + " " + space + " " + behind;
    }

    /** Behind a value. */
    private String members(@Nullable String keys, boolean mayEnd) {
        return rules.rule("members", ends(keys, mayEnd, "\",\" " + space + " " + QUOTE));
    }

    private static List<String> ends(@Nullable String keys, boolean mayEnd, String before) {
        List<String> all = new ArrayList<>();
        if (mayEnd) {
            all.add(END);
        }
        if (keys != null) {
            all.add(before + " " + keys);
        }
        return all;
    }

    /** Any number of other properties behind the named ones. */
    private String endless(ObjectValue object) {
        String next = rules.reserve("members");
        String key = other(object, next);
        rules.define(next, ends(key, true, "\",\" " + space + " " + QUOTE));
        return key;
    }

    /** As many other properties as there may be, where none is named. */
    private String counted(ObjectValue object) {
        Integer most = object.mostProperties();
        int least = object.leastProperties();
        String key;
        int place;
        if (most == null) {
            key = endless(object);
            place = Math.max(1, least);
        } else {
            key = other(object, rules.rule("members", List.of(END)));
            place = most;
        }
        for (place--; place >= 1; place--) {
            key = other(object, members(key, place >= least));
        }
        return key;
    }

    private String other(ObjectValue object, String next) {
        String name = writer.texts().otherThan(object.properties().keySet());
        return rules.rule("key", List.of(name + " \":\"" + value(object.others(), next)));
    }
}
