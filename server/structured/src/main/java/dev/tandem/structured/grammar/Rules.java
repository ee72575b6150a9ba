package dev.tandem.structured.grammar;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rules of one grammar. Equal rules stand once. */
final class Rules {
    private final Map<String, String> bodies = new LinkedHashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private int reserved;
    private long characters;

    /** A name for a rule that is defined later, as it refers to itself. */
    String reserve(String kind) {
        if (++reserved > Grammar.MAX_RULES) {
            throw new TooLarge("its grammar has more than " + Grammar.MAX_RULES + " rules");
        }
        return kind + "-" + reserved;
    }

    /** Defines a reserved rule; at least one alternative. */
    void define(String name, List<String> alternatives) {
        String body = String.join(" | ", alternatives);
        characters += name.length() + body.length() + " ::= \n".length();
        if (characters > Grammar.MAX_CHARACTERS) {
            throw new TooLarge(
                    "its grammar has more than " + Grammar.MAX_CHARACTERS + " characters");
        }
        bodies.put(name, body);
    }

    /** Defines a rule, or names the one that is equal; at least one alternative. */
    String rule(String kind, List<String> alternatives) {
        String body = String.join(" | ", alternatives);
        String known = names.get(body);
        if (known != null) {
            return known;
        }
        String name = reserve(kind);
        define(name, alternatives);
        names.put(body, name);
        return name;
    }

    Grammar startingAt(String part) {
        var text = new StringBuilder(Grammar.START + part + "\n");
        bodies.forEach((name, body) -> text.append(name).append(" ::= ").append(body).append('\n'));
        return new Grammar(text.toString(), bodies.size() + 1);
    }
}
