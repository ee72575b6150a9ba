package dev.tandem.structured.grammar;

import dev.tandem.structured.pattern.CodePoints;
import java.util.HexFormat;
import java.util.Locale;

/** The notation: literals and sets of characters, in ASCII. */
final class Gbnf {
    /** The alternative that reads nothing. */
    static final String EMPTY = "\"\"";

    private static final HexFormat HEX = HexFormat.of();

    private Gbnf() {}

    /** Exactly this text. */
    static String literal(String text) {
        var out = new StringBuilder("\"");
        text.codePoints()
                .forEach(c -> {
                    boolean plain = c >= ' ' && c < 0x7F && c != '"' && c != '\\';
                    out.append(plain ? Character.toString(c) : escaped(c));
                });
        return out.append('"').toString();
    }

    /** One character of a set, which is not empty. */
    static String set(CodePoints set) {
        var out = new StringBuilder("[");
        for (CodePoints.Range range : set.ranges()) {
            out.append(member(range.first()));
            if (range.last() > range.first()) {
                out.append('-').append(member(range.last()));
            }
        }
        return out.append(']').toString();
    }

    private static String member(int codePoint) {
        boolean plain = codePoint < 0x80 && Character.isLetterOrDigit(codePoint);
        return plain ? Character.toString(codePoint) : escaped(codePoint);
    }

    private static String escaped(int codePoint) {
        String digits = HEX.toHexDigits(codePoint).toUpperCase(Locale.ROOT);
        if (codePoint < 0x80) {
            return "\\x" + digits.substring(6);
        }
        return codePoint <= 0xFFFF ? "\\u" + digits.substring(4) : "\\U" + digits;
    }
}
