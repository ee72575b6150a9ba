package dev.tandem.onnx;

import java.text.Normalizer;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Cuts a text into the words that the vocabulary is searched for, as BERT's uncased tokenizer does:
 * without control characters and accents, in lower case, each Chinese character and each
 * punctuation mark by itself.
 */
final class Words {
    private Words() {}

    static void of(String text, Consumer<String> words) {
        String normal = withoutAccents(spaced(text));
        int begin = 0;
        for (int at = 0; at < normal.length(); ) {
            int c = normal.codePointAt(at);
            int next = at + Character.charCount(c);
            boolean mark = CharacterClass.punctuation(c);
            if (mark || CharacterClass.whitespace(c)) {
                word(normal, begin, at, words);
                begin = next;
            }
            if (mark) {
                word(normal, at, next, words);
            }
            at = next;
        }
        word(normal, begin, normal.length(), words);
    }

    private static void word(String text, int begin, int end, Consumer<String> words) {
        if (end > begin) {
            words.accept(text.substring(begin, end));
        }
    }

    private static String spaced(String text) {
        StringBuilder spaced = new StringBuilder(text.length() + 16);
        text.codePoints().filter(c -> !CharacterClass.dropped(c)).forEach(c -> space(c, spaced));
        return spaced.toString();
    }

    private static void space(int c, StringBuilder out) {
        if (CharacterClass.whitespace(c)) {
            out.append(' ');
        } else if (CharacterClass.chinese(c)) {
            out.append(' ').appendCodePoint(c).append(' ');
        } else {
            out.appendCodePoint(c);
        }
    }

    /** Lower case is made of each code point by itself: a final sigma stays a plain one. */
    private static String withoutAccents(String text) {
        String decomposed = Normalizer.normalize(text, Normalizer.Form.NFD);
        StringBuilder plain = new StringBuilder(decomposed.length());
        decomposed
                .codePoints()
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
                .forEach(c -> lower(c, plain));
        return plain.toString();
    }

    private static void lower(int c, StringBuilder out) {
        if (c < 0x80) {
            out.append((char) Character.toLowerCase(c));
        } else if (c == 0x130) { // the one code point whose lower case is two
            out.append(Character.toString(c).toLowerCase(Locale.ROOT));
        } else {
            out.appendCodePoint(Character.toLowerCase(c));
        }
    }
}
