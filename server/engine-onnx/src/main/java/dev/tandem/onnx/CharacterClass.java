package dev.tandem.onnx;

/** What BERT's tokenizer asks of a code point. */
final class CharacterClass {
    private CharacterClass() {}

    /** Unicode's White_Space. */
    static boolean whitespace(int c) {
        return switch (c) {
            case ' ', 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000 -> true;
            default -> (c >= '\t' && c <= '\r') || (c >= 0x2000 && c <= 0x200A);
        };
    }

    /** Left out of every text: controls, formats, private use, lone surrogates, U+0000, U+FFFD. */
    static boolean dropped(int c) {
        if (c == '\t' || c == '\n' || c == '\r') {
            return false;
        }
        return c == 0xFFFD
                || switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.PRIVATE_USE,
                            Character.SURROGATE ->
                            true;
                    default -> false;
                };
    }

    /** A word by itself: punctuation of Unicode, and all of ASCII's signs ({@code $+<=>^`|~}). */
    static boolean punctuation(int c) {
        if (c < 0x80) {
            return c > ' ' && c < 0x7F && !Character.isLetterOrDigit(c);
        }
        return switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION ->
                    true;
            default -> false;
        };
    }

    /**
     * A word by itself: the blocks of Chinese characters that BERT knows. One begins at U+2B920
     * rather than U+2B820, as in every implementation.
     */
    static boolean chinese(int c) {
        return within(c, 0x4E00, 0x9FFF)
                || within(c, 0x3400, 0x4DBF)
                || within(c, 0xF900, 0xFAFF)
                || within(c, 0x20000, 0x2A6DF)
                || within(c, 0x2A700, 0x2B73F)
                || within(c, 0x2B740, 0x2B81F)
                || within(c, 0x2B920, 0x2CEAF)
                || within(c, 0x2F800, 0x2FA1F);
    }

    private static boolean within(int c, int first, int last) {
        return c >= first && c <= last;
    }
}
