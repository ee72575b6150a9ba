package dev.tandem.structured.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rules of a few known texts: what several begin with stands once, so that one character
 * decides at each place. An alternative for each of hundreds of texts would be tried at each token.
 */
final class ValueRules {
    private final Rules rules;

    ValueRules(Rules rules) {
        this.rules = rules;
    }

    /** One of these texts, of which there is at least one. */
    String rule(List<String> texts) {
        Map<Integer, List<String>> byFirst = new TreeMap<>();
        boolean empty = false;
        for (String text : texts) {
            if (text.isEmpty()) {
                empty = true;
            } else {
                byFirst.computeIfAbsent(text.codePointAt(0), c -> new ArrayList<>()).add(text);
            }
        }
        List<String> alternatives = new ArrayList<>();
        byFirst.values().forEach(alike -> alternatives.add(alternative(alike)));
        if (empty) {
            alternatives.add(Gbnf.EMPTY);
        }
        return rules.rule("values", alternatives);
    }

    /** Texts with the same first character. */
    private String alternative(List<String> alike) {
        if (alike.size() == 1) {
            return Gbnf.literal(alike.getFirst());
        }
        int common = common(alike);
        List<String> rests = alike.stream().map(text -> text.substring(common)).toList();
        return Gbnf.literal(alike.getFirst().substring(0, common)) + " " + rule(rests);
    }

    /** How many characters all begin with; no surrogate pair is cut. */
    static int common(List<String> texts) {
        String first = texts.getFirst();
        int common = first.length();
        for (String text : texts) {
            int same = 0;
            while (same < Math.min(common, text.length())
                    && text.charAt(same) == first.charAt(same)) {
                same++;
            }
            common = same;
        }
        return common > 0 && Character.isHighSurrogate(first.charAt(common - 1))
                ? common - 1
                : common;
    }
}
