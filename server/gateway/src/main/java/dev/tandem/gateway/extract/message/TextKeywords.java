package dev.tandem.gateway.extract.message;

import build.buf.validate.StringRules;
import dev.tandem.structured.pattern.Automaton;
import dev.tandem.structured.pattern.PatternRefused;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** The rules of strings as keywords; those that no keyword says are left out. */
final class TextKeywords {
    private TextKeywords() {}

    static SchemaObject add(SchemaObject schema, StringRules rules) {
        if (rules.hasConst()) {
            schema.put("const", rules.getConst());
        }
        if (rules.getInCount() > 0) {
            schema.strings("enum", rules.getInList());
        }
        lengths(schema, rules);
        format(schema, rules);
        String pattern = pattern(rules);
        if (!pattern.isEmpty() && isTaken(pattern)) {
            schema.put("pattern", pattern);
        }
        return schema;
    }

    private static void lengths(SchemaObject schema, StringRules rules) {
        if (rules.hasLen()) {
            length(schema, "minLength", rules.getLen());
            length(schema, "maxLength", rules.getLen());
        }
        if (rules.getMinLen() > 0) {
            length(schema, "minLength", rules.getMinLen());
        }
        if (rules.hasMaxLen()) {
            length(schema, "maxLength", rules.getMaxLen());
        }
    }

    private static void length(SchemaObject schema, String keyword, long count) {
        schema.put(keyword, new BigDecimal(Long.toUnsignedString(count)));
    }

    private static void format(SchemaObject schema, StringRules rules) {
        String format =
                switch (rules.getWellKnownCase()) {
                    case EMAIL -> "email";
                    case HOSTNAME -> "hostname";
                    case IPV4 -> "ipv4";
                    case IPV6 -> "ipv6";
                    case URI -> "uri";
                    case UUID -> "uuid";
                    default -> "";
                };
        if (!format.isEmpty()) {
            schema.put("format", format);
        }
    }

    /** The first of them: one keyword holds one pattern. */
    private static String pattern(StringRules rules) {
        if (rules.hasPattern()) {
            return rules.getPattern();
        }
        if (rules.hasPrefix()) {
            return "^" + literal(rules.getPrefix());
        }
        if (rules.hasSuffix()) {
            return literal(rules.getSuffix()) + "$";
        }
        return rules.hasContains() ? literal(rules.getContains()) : "";
    }

    private static String literal(String text) {
        return Pattern.compile("[.*+?^${}()|\\[\\]\\\\/]").matcher(text).replaceAll("\\\\$0");
    }

    /** RE2 knows some that JSON Schema does not. */
    private static boolean isTaken(String pattern) {
        try {
            Automaton.ofPattern(pattern);
            return true;
        } catch (PatternRefused e) {
            return false;
        }
    }
}
