package dev.tandem.structured.pattern;

/** Reads a class in brackets, of which the first is passed already. */
final class ClassParser {
    private ClassParser() {}

    static CodePoints parse(PatternCursor at) {
        boolean negated = at.take('^');
        CodePoints all = CodePoints.NONE;
        while (!at.take(']')) {
            if (at.isEnd()) {
                throw at.refused("'[' without ']'");
            }
            all = all.or(item(at));
        }
        return negated ? all.not() : all.and(CodePoints.ANY);
    }

    private static CodePoints item(PatternCursor at) {
        CodePoints from = member(at);
        if (!at.take('-')) {
            return from;
        }
        if (at.sees(']') || at.isEnd()) {
            return from.or(CodePoints.of('-'));
        }
        CodePoints to = member(at);
        if (!isOne(from) || !isOne(to)) {
            throw at.refused("a range needs a character on both sides");
        }
        int first = from.ranges().getFirst().first();
        int last = to.ranges().getFirst().last();
        if (last < first) {
            throw at.refused("a range whose end comes before its beginning");
        }
        return CodePoints.range(first, last);
    }

    private static CodePoints member(PatternCursor at) {
        if (at.take('\\')) {
            return at.take('b')
                    ? CodePoints.of('\b')
                    : at.take('-') ? dash() : EscapeParser.parse(at);
        }
        return CodePoints.of(at.next());
    }

    private static CodePoints dash() {
        return CodePoints.of('-');
    }

    private static boolean isOne(CodePoints set) {
        return set.ranges().size() == 1
                && set.ranges().getFirst().first() == set.ranges().getFirst().last();
    }
}
