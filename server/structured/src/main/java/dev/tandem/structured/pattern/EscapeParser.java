package dev.tandem.structured.pattern;

/** Reads what stands behind a backslash, in a class or outside of one. */
final class EscapeParser {
    private EscapeParser() {}

    static CodePoints parse(PatternCursor at) {
        int letter = at.next();
        return switch (letter) {
            case 'd' -> CharacterClasses.DIGIT;
            case 'D' -> CharacterClasses.DIGIT.not();
            case 'w' -> CharacterClasses.WORD;
            case 'W' -> CharacterClasses.WORD.not();
            case 's' -> CharacterClasses.SPACE;
            case 'S' -> CharacterClasses.SPACE.not();
            case 'b', 'B' -> throw at.refused("\\b and \\B are not taken");
            case 'p', 'P' -> throw at.refused("Unicode properties are not taken; use ranges");
            case 'k' -> throw at.refused("references back are not regular");
            default -> CodePoints.of(single(letter, at));
        };
    }

    private static int single(int letter, PatternCursor at) {
        return switch (letter) {
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 'f' -> '\f';
            case 'v' -> 0x0B;
            case '0' -> 0;
            case 'x' -> at.hex(2);
            case 'u' -> unicode(at);
            case 'c' -> throw at.refused("\\c is not taken; use \\x");
            default -> literal(letter, at);
        };
    }

    private static int literal(int letter, PatternCursor at) {
        if (letter >= '1' && letter <= '9') {
            throw at.refused("references back are not regular");
        }
        if (letter < 0x80 && Character.isLetter(letter)) {
            throw at.refused("\\" + Character.toString(letter) + " has no meaning");
        }
        return letter;
    }

    private static int unicode(PatternCursor at) {
        if (at.take('{')) {
            return at.hexInBraces();
        }
        int first = at.hex(4);
        if (!Character.isSurrogate((char) first)) {
            return first;
        }
        if (Character.isHighSurrogate((char) first) && at.take("\\u")) {
            int second = at.hex(4);
            if (Character.isLowSurrogate((char) second)) {
                return Character.toCodePoint((char) first, (char) second);
            }
        }
        throw at.refused("half of a surrogate pair");
    }
}
