package dev.tandem.structured.grammar;

import dev.tandem.structured.grammar.GbnfMatcher.Characters;
import dev.tandem.structured.grammar.GbnfMatcher.Element;
import dev.tandem.structured.grammar.GbnfMatcher.Name;
import java.util.ArrayList;
import java.util.List;

/** Reads the part of GBNF that the writer writes: names, literals, sets, alternatives. */
final class GbnfLine {
    private final String body;
    private int at;

    GbnfLine(String body) {
        this.body = body;
    }

    List<List<Element>> alternatives() {
        List<List<Element>> all = new ArrayList<>();
        List<Element> current = new ArrayList<>();
        while (at < body.length()) {
            char c = body.charAt(at);
            if (c == ' ') {
                at++;
            } else if (c == '|') {
                at++;
                all.add(current);
                current = new ArrayList<>();
            } else if (c == '"') {
                literal(current);
            } else if (c == '[') {
                current.add(set());
            } else {
                current.add(name());
            }
        }
        all.add(current);
        return all;
    }

    private Name name() {
        int from = at;
        while (at < body.length() && body.charAt(at) != ' ') {
            at++;
        }
        String name = body.substring(from, at);
        if (!name.matches("[a-z0-9-]+")) {
            throw new IllegalArgumentException("no name: " + name);
        }
        return new Name(name);
    }

    private void literal(List<Element> into) {
        at++;
        while (body.charAt(at) != '"') {
            int c = character();
            into.add(new Characters(List.of(new int[] {c, c})));
        }
        at++;
    }

    private Characters set() {
        at++;
        List<int[]> ranges = new ArrayList<>();
        while (body.charAt(at) != ']') {
            int first = character();
            int last = first;
            if (body.charAt(at) == '-') {
                at++;
                last = character();
            }
            ranges.add(new int[] {first, last});
        }
        at++;
        return new Characters(ranges);
    }

    private int character() {
        char c = body.charAt(at++);
        if (c != '\\') {
            return c;
        }
        int length =
                switch (body.charAt(at++)) {
                    case 'x' -> 2;
                    case 'u' -> 4;
                    case 'U' -> 8;
                    default -> throw new IllegalArgumentException(body);
                };
        at += length;
        return Integer.parseInt(body.substring(at - length, at), 16);
    }
}
