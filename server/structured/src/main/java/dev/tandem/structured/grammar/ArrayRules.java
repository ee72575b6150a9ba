package dev.tandem.structured.grammar;

import dev.tandem.structured.schema.Schema;
import dev.tandem.structured.schema.Schema.ArrayValue;
import java.util.ArrayList;
import java.util.List;

/** The rules of an array: one for each place that differs from the next. */
final class ArrayRules {
    private final Rules rules;
    private final GrammarWriter writer;
    private final String space;

    ArrayRules(Rules rules, GrammarWriter writer, String space) {
        this.rules = rules;
        this.writer = writer;
        this.space = space;
    }

    String rule(ArrayValue array) {
        List<String> start = new ArrayList<>();
        if (array.least() == 0) {
            start.add("\"]\"");
        }
        if (hasItem(array, 0)) {
            start.add(writer.rule(array.item(0)) + " " + space + " " + behind(array));
        }
        return rules.rule("array", List.of("\"[\" " + space + " " + rules.rule("items", start)));
    }

    /** The rule behind the first item. The last places are written first. */
    private String behind(ArrayValue array) {
        Integer most = array.most();
        int last = Math.max(1, Math.max(array.first().size(), array.least()));
        String rule;
        int place;
        if (most == null && !array.rest().equals(Schema.NOTHING)) {
            rule = rules.reserve("items");
            rules.define(rule, alternatives(array, last, rule));
            place = last - 1;
        } else {
            place = most == null ? array.first().size() : most;
            rule = "\"]\"";
            place--;
        }
        for (; place >= 1; place--) {
            rule = rules.rule("items", alternatives(array, place, rule));
        }
        return rule;
    }

    /** What may stand behind so many items: the end, or an item and what is behind it. */
    private List<String> alternatives(ArrayValue array, int place, String next) {
        List<String> all = new ArrayList<>();
        if (place >= array.least()) {
            all.add("\"]\"");
        }
        if (hasItem(array, place)) {
            String item = writer.rule(array.item(place));
            all.add("\",\" " + space + " " + item + " " + space + " " + next);
        }
        return all;
    }

    private static boolean hasItem(ArrayValue array, int place) {
        Integer most = array.most();
        return (most == null || place < most) && !array.item(place).equals(Schema.NOTHING);
    }
}
