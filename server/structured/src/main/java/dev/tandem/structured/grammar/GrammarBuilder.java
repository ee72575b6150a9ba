package dev.tandem.structured.grammar;

import dev.tandem.structured.pattern.PatternRefused;
import dev.tandem.structured.schema.Problem;
import dev.tandem.structured.schema.SchemaDocument;
import dev.tandem.structured.schema.SchemaRefused;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes one grammar of the values of any number of schemas with fixed texts around them. What the
 * methods return is a part of a rule: a rule's name or a literal; parts one behind the other, with
 * a space between, are a part too. Used by one thread.
 */
public final class GrammarBuilder {
    private final Rules rules = new Rules();

    /** Exactly this text, which is not empty. */
    public static String literal(String text) {
        return Gbnf.literal(text);
    }

    /**
     * A value that fits a schema.
     *
     * @throws SchemaRefused where the grammar would be too large, or too slow to follow
     */
    public String value(SchemaDocument schema) throws SchemaRefused {
        Widths.check(schema);
        try {
            return new GrammarWriter(schema.definitions(), rules).rule(schema.root());
        } catch (TooLarge | PatternRefused e) {
            throw tooLarge(e);
        }
    }

    /** One of these parts; they should begin differently. */
    public String oneOf(List<String> parts) throws SchemaRefused {
        return rule("one", parts);
    }

    /** A part, or nothing. */
    public String maybe(String part) throws SchemaRefused {
        return rule("maybe", List.of(part, Gbnf.EMPTY));
    }

    /**
     * One of these texts and the part behind it. What several texts begin with is read once, so
     * none of them may be the beginning of another.
     */
    public String texts(Map<String, String> behind) throws SchemaRefused {
        Map<Integer, Map<String, String>> byFirst = new TreeMap<>();
        behind.forEach((text, part) ->
                byFirst.computeIfAbsent(text.codePointAt(0), c -> new LinkedHashMap<>())
                        .put(text, part));
        List<String> alternatives = new ArrayList<>();
        for (Map<String, String> alike : byFirst.values()) {
            List<String> texts = List.copyOf(alike.keySet());
            int common = texts.size() == 1 ? texts.getFirst().length() : ValueRules.common(texts);
            String start = Gbnf.literal(texts.getFirst().substring(0, common)) + " ";
            if (texts.size() == 1) {
                alternatives.add(start + alike.values().iterator().next());
            } else {
                Map<String, String> rests = new LinkedHashMap<>();
                alike.forEach((text, part) -> rests.put(text.substring(common), part));
                alternatives.add(start + texts(rests));
            }
        }
        return rule("texts", alternatives);
    }

    /**
     * One to so many of a part.
     *
     * @param between what stands between two; a literal
     */
    public String upTo(int most, String part, String between) throws SchemaRefused {
        String more = "";
        for (int left = most - 1; left > 0; left--) {
            more = " " + rule("more", List.of(between + " " + part + more, Gbnf.EMPTY));
        }
        return part + more;
    }

    /** The finished grammar of this part's texts. */
    public Grammar startingAt(String part) {
        return rules.startingAt(part);
    }

    private String rule(String kind, List<String> alternatives) throws SchemaRefused {
        try {
            return rules.rule(kind, alternatives);
        } catch (TooLarge e) {
            throw tooLarge(e);
        }
    }

    private static SchemaRefused tooLarge(RuntimeException e) {
        return new SchemaRefused(
                List.of(new Problem("", "the schema is too large: " + e.getMessage())));
    }
}
