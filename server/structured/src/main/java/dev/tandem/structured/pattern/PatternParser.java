package dev.tandem.structured.pattern;

import dev.tandem.structured.pattern.Expression.Begin;
import dev.tandem.structured.pattern.Expression.Choice;
import dev.tandem.structured.pattern.Expression.End;
import dev.tandem.structured.pattern.Expression.One;
import dev.tandem.structured.pattern.Expression.Repeat;
import dev.tandem.structured.pattern.Expression.Sequence;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the regular part of ECMA-262's patterns: literals, classes, groups, alternation, counted
 * repetition, {@code ^} and {@code $}. Lazy quantifiers are read as the others: they match the same
 * texts. What is not regular is refused with its place.
 */
public final class PatternParser {
    /** The longest pattern, in UTF-16 units. */
    public static final int MAX_LENGTH = 2_000;

    /** The most that a part may be repeated by number. */
    public static final int MAX_REPETITION = 1_000;

    private static final int MAX_DEPTH = 40;

    private final PatternCursor at;
    private int depth;

    private PatternParser(String pattern) {
        at = new PatternCursor(pattern);
    }

    /**
     * The expression of a pattern.
     *
     * @throws PatternRefused where it is malformed, too long or not regular
     */
    public static Expression parse(String pattern) {
        if (pattern.length() > MAX_LENGTH) {
            throw new PatternRefused(
                    "a pattern may have "
                            + MAX_LENGTH
                            + " characters, this one has "
                            + pattern.length());
        }
        var parser = new PatternParser(pattern);
        Expression whole = parser.alternatives();
        if (!parser.at.isEnd()) {
            throw parser.at.refused("')' without '('");
        }
        return whole;
    }

    private Expression alternatives() {
        if (++depth > MAX_DEPTH) {
            throw at.refused("groups more than " + MAX_DEPTH + " deep");
        }
        List<Expression> all = new ArrayList<>();
        do {
            all.add(sequence());
        } while (at.take('|'));
        depth--;
        return all.size() == 1 ? all.getFirst() : new Choice(all);
    }

    private Expression sequence() {
        List<Expression> parts = new ArrayList<>();
        while (!at.isEnd() && !at.sees('|') && !at.sees(')')) {
            parts.add(quantified(part()));
        }
        return parts.size() == 1 ? parts.getFirst() : new Sequence(parts);
    }

    private Expression part() {
        if (at.take('(')) {
            return group();
        }
        if (at.take('[')) {
            return new One(ClassParser.parse(at));
        }
        if (at.take('^')) {
            return new Begin();
        }
        if (at.take('$')) {
            return new End();
        }
        if (at.take('.')) {
            return new One(CharacterClasses.LINE_END.not());
        }
        if (at.take('\\')) {
            return new One(EscapeParser.parse(at));
        }
        if (at.sees('*') || at.sees('+') || at.sees('?')) {
            throw at.refused("a quantifier with nothing before it");
        }
        return new One(CodePoints.of(at.next()));
    }

    private Expression group() {
        if (at.take('?')) {
            if (at.take("<=") || at.take("<!")) {
                throw at.refused("look-behind is not regular; write the pattern without it");
            }
            if (at.take('=') || at.take('!')) {
                throw at.refused("look-ahead is not regular; write the pattern without it");
            }
            if (at.take('<')) {
                at.skipBehind('>');
            } else if (!at.take(':')) {
                throw at.refused("a kind of group that is not known; use (?:…)");
            }
        }
        Expression inside = alternatives();
        if (!at.take(')')) {
            throw at.refused("'(' without ')'");
        }
        return inside;
    }

    private Expression quantified(Expression part) {
        Expression result = part;
        if (at.take('*')) {
            result = new Repeat(part, 0, Repeat.UNBOUNDED);
        } else if (at.take('+')) {
            result = new Repeat(part, 1, Repeat.UNBOUNDED);
        } else if (at.take('?')) {
            result = new Repeat(part, 0, 1);
        } else if (at.seesCount()) {
            result = counted(part);
        } else {
            return part;
        }
        if (part instanceof Begin || part instanceof End) {
            throw at.refused("an anchor cannot be repeated");
        }
        at.take('?');
        if (at.sees('*') || at.sees('+') || at.sees('?') || at.seesCount()) {
            throw at.refused("a quantifier behind a quantifier; put the first into a group");
        }
        return result;
    }

    private Expression counted(Expression part) {
        at.take('{');
        int min = at.number(MAX_REPETITION);
        int max = min;
        if (at.take(',')) {
            max = at.sees('}') ? Repeat.UNBOUNDED : at.number(MAX_REPETITION);
        }
        at.take('}');
        if (max != Repeat.UNBOUNDED && max < min) {
            throw at.refused("{" + min + "," + max + "}: the second number is the smaller one");
        }
        return new Repeat(part, min, max);
    }
}
