package dev.tandem.structured.grammar;

import dev.tandem.structured.json.JsonWriter;
import dev.tandem.structured.pattern.Automaton;
import dev.tandem.structured.pattern.Automaton.State;
import dev.tandem.structured.pattern.Automaton.Step;
import dev.tandem.structured.pattern.CodePoints;
import dev.tandem.structured.pattern.Expression;
import dev.tandem.structured.schema.Schema.StringValue;
import dev.tandem.structured.schema.Texts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of strings. Where only their length matters every escape of JSON may be written, but no
 * half of a surrogate pair; under a pattern or a format a character has one spelling. Control
 * characters without an escape of their own are never written.
 */
final class TextRules {
    private static final CodePoints ESCAPED = CodePoints.anyOf("\"\\\b\f\n\r\t");
    private static final CodePoints PLAIN =
            CodePoints.range(0, 0x1F).or(CodePoints.anyOf("\"\\\u007F")).not();
    private static final String QUOTE = Gbnf.literal("\"");
    private static final String HEX = "[0-9A-Fa-f]";

    private final Rules rules;
    private final Map<List<String>, String> names = new HashMap<>();
    private @Nullable String character;
    private @Nullable String rest;

    TextRules(Rules rules) {
        this.rules = rules;
    }

    String string(StringValue string) {
        boolean free = string.patterns().isEmpty() && string.formats().isEmpty();
        String inside = free ? ofLength(string.least(), string.most()) : of(Texts.of(string));
        return rules.rule("string", List.of(QUOTE + " " + inside));
    }

    /** A string that is none of these, from behind its first quote. */
    String otherThan(Set<String> texts) {
        if (texts.isEmpty()) {
            return rest();
        }
        return names.computeIfAbsent(
                List.copyOf(texts),
                all -> {
                    List<Expression> literals = all.stream().map(Expression::literal).toList();
                    return of(Automaton.of(new Expression.Choice(literals)).not());
                });
    }

    private String ofLength(int least, @Nullable Integer most) {
        String rule = most == null ? rest() : QUOTE;
        int place = most == null ? least : most;
        for (place--; place >= 0; place--) {
            String next = character() + " " + rule;
            rule = rules.rule("text", place >= least ? List.of(QUOTE, next) : List.of(next));
        }
        return rule;
    }

    private String rest() {
        if (rest == null) {
            rest = rules.reserve("text");
            rules.define(rest, List.of(character() + " " + rest, QUOTE));
        }
        return rest;
    }

    private String character() {
        if (character == null) {
            String unit =
                    rules.rule(
                            "unit",
                            List.of(
                                    "[0-9A-Ca-cE-Fe-f] " + String.join(" ", HEX, HEX, HEX),
                                    "[Dd] [0-7] " + String.join(" ", HEX, HEX)));
            String escape =
                    rules.rule("escape", List.of("[\\x22\\x5C\\x2Fbfnrt]", "\"u\" " + unit));
            character =
                    rules.rule(
                            "character",
                            List.of(Gbnf.set(PLAIN), Gbnf.literal("\\") + " " + escape));
        }
        return character;
    }

    private String of(Automaton texts) {
        Automaton written = texts.within(PLAIN.or(ESCAPED));
        if (written.isEmpty()) {
            throw new TooLarge("a string must have control characters, which are not written");
        }
        List<String> ofStates = new ArrayList<>();
        written.states().forEach(state -> ofStates.add(rules.reserve("text")));
        for (int i = 0; i < ofStates.size(); i++) {
            rules.define(ofStates.get(i), alternatives(written.states().get(i), ofStates));
        }
        return ofStates.getFirst();
    }

    private static List<String> alternatives(State state, List<String> ofStates) {
        List<String> all = new ArrayList<>();
        for (Step step : state.steps()) {
            String next = " " + ofStates.get(step.to());
            CodePoints plain = step.on().and(PLAIN);
            if (!plain.isEmpty()) {
                all.add(Gbnf.set(plain) + next);
            }
            CodePoints escaped = step.on().and(ESCAPED);
            if (!escaped.isEmpty()) {
                all.add(Gbnf.literal("\\") + " " + Gbnf.set(letters(escaped)) + next);
            }
        }
        if (state.accepts()) {
            all.add(QUOTE);
        }
        return all;
    }

    /** What stands behind the backslash. */
    private static CodePoints letters(CodePoints escaped) {
        CodePoints letters = CodePoints.NONE;
        for (CodePoints.Range range : escaped.ranges()) {
            for (int c = range.first(); c <= range.last(); c++) {
                letters = letters.or(CodePoints.of(JsonWriter.escaped(c).charAt(1)));
            }
        }
        return letters;
    }
}
