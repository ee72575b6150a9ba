package dev.tandem.llamacpp.loop;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The tokens that were chosen last and their text, one character for each byte: marks are looked
 * for in it, and where a grammar begins at one, the tokens since then are read by the grammar.
 */
final class TokenWindow {
    /** More than the continuation bytes of a character. */
    private static final int RESERVE = 8;

    private final Vocabulary vocabulary;
    private final List<Integer> tokens = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    /**
     * What a grammar has to read before the candidate.
     *
     * @param prefix the text in front of the grammar's own, as tokens do not end where marks begin
     * @param tokens that are chosen already
     */
    record Start(String prefix, List<Integer> tokens) {}

    TokenWindow(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    String text() {
        return text.toString();
    }

    /** The text with a candidate behind it. */
    String with(int token) {
        return text + bytes(token);
    }

    void add(int token) {
        tokens.add(token);
        text.append(bytes(token));
    }

    void clear() {
        tokens.clear();
        text.setLength(0);
    }

    /** Forgets tokens in front of those that the last characters stand in. */
    void keep(int characters) {
        while (!tokens.isEmpty()) {
            int first = bytes(tokens.getFirst()).length();
            if (text.length() - first < characters + RESERVE) {
                return;
            }
            tokens.removeFirst();
            text.delete(0, first);
        }
    }

    /** How a grammar starts that begins at this place of the text with the candidate. */
    Start startAt(int place, int candidate) {
        String all = with(candidate);
        int begin = 0;
        int first = 0;
        int end = 0;
        for (int i = 0; i < tokens.size(); i++) {
            boolean wholeCharacter = end >= all.length() || (all.charAt(end) & 0xC0) != 0x80;
            if (end <= place && wholeCharacter) {
                begin = end;
                first = i;
            }
            end += bytes(tokens.get(i)).length();
        }
        if (end <= place && end < all.length() && (all.charAt(end) & 0xC0) != 0x80) {
            begin = end;
            first = tokens.size();
        }
        byte[] prefix = all.substring(begin, place).getBytes(StandardCharsets.ISO_8859_1);
        return new Start(
                new String(prefix, StandardCharsets.UTF_8),
                List.copyOf(tokens.subList(first, tokens.size())));
    }

    private String bytes(int token) {
        return new String(vocabulary.allBytes(token), StandardCharsets.ISO_8859_1);
    }
}
