package dev.tandem.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * BERT's uncased tokenizer: words, each cut greedily into the longest pieces that the vocabulary
 * has. Immutable.
 *
 * <p>It gives the ids that Hugging Face's tokenizers give, except for characters that Unicode got
 * or reclassified after version 8, which no vocabulary of BERT has. Their library for Java would
 * bring 19 MB, a second native library to unpack and a second set of platforms; the work is what
 * stands in this package.
 *
 * <p>The name of a control token ({@code [SEP]}) in a text is text like any other.
 */
public final class WordPiece {
    private static final String CONTINUED = "##";
    private static final int LONGEST_WORD = 100;
    private static final String CLINGING = ".?!,";

    private final Vocabulary vocabulary;
    private final int unknown;
    private final int begin;
    private final int end;

    private WordPiece(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        this.unknown = vocabulary.id("[UNK]");
        this.begin = vocabulary.id("[CLS]");
        this.end = vocabulary.id("[SEP]");
    }

    /**
     * Reads a {@code tokenizer.json} of BERT uncased. The truncation and padding that it may ask
     * for are left to the caller.
     *
     * @throws IOException where it cannot be read or has no vocabulary
     */
    public static WordPiece read(InputStream tokenizerJson) throws IOException {
        return new WordPiece(Vocabulary.read(tokenizerJson));
    }

    /** The ids of a text's tokens, without {@code [CLS]} and {@code [SEP]} around them. */
    public int[] encode(String text) {
        return encode(text, () -> {});
    }

    /**
     * As {@link #encode(String)}, for a text that may be long: a megabyte takes a second at worst.
     *
     * @param eachWord runs once a word; may throw to end the work
     */
    public int[] encode(String text, Runnable eachWord) {
        Ids ids = new Ids();
        Words.of(
                text,
                word -> {
                    eachWord.run();
                    pieces(word, ids);
                });
        return ids.toArray();
    }

    /**
     * Puts {@code [CLS]} before and {@code [SEP]} after ids that do not begin and end with them:
     * the model has never seen a text without.
     */
    public int[] frame(int[] ids) {
        int before = ids.length > 0 && ids[0] == begin ? 0 : 1;
        int after = ids.length > 0 && ids[ids.length - 1] == end ? 0 : 1;
        if (before + after == 0) {
            return ids;
        }
        int[] framed = new int[before + ids.length + after];
        framed[0] = begin;
        framed[framed.length - 1] = end;
        System.arraycopy(ids, 0, framed, before, ids.length);
        return framed;
    }

    /**
     * The text of ids, as far as it can be told: lower case, a space between words, none before
     * {@code . ? ! ,}.
     *
     * @throws IndexOutOfBoundsException where one is no id of the vocabulary
     */
    public String decode(int[] ids) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < ids.length; i++) {
            String token = vocabulary.token(ids[i]);
            if (i > 0 && token.startsWith(CONTINUED)) {
                text.append(token, CONTINUED.length(), token.length());
            } else {
                text.append(i == 0 || CLINGING.contains(token.substring(0, 1)) ? "" : " ");
                text.append(token);
            }
        }
        return text.toString();
    }

    /**
     * A token as the vocabulary has it: {@code ##ing} goes on with a word.
     *
     * @throws IndexOutOfBoundsException where it is no id of the vocabulary
     */
    public String token(int id) {
        return vocabulary.token(id);
    }

    /** How many tokens there are; ids run from 0 to one less. */
    public int size() {
        return vocabulary.size();
    }

    /** The pieces of a word, or one unknown token where any part of it is not in the vocabulary. */
    private void pieces(String word, Ids ids) {
        if (word.length() > LONGEST_WORD && word.codePointCount(0, word.length()) > LONGEST_WORD) {
            ids.add(unknown);
            return;
        }
        List<Integer> pieces = new ArrayList<>();
        for (int at = 0; at < word.length(); ) {
            int length = longestPiece(word, at, pieces);
            if (length == 0) {
                ids.add(unknown);
                return;
            }
            at += length;
        }
        pieces.forEach(ids::add);
    }

    /** Adds the longest piece that stands at a place of the word; its length there, 0 for none. */
    private int longestPiece(String word, int at, List<Integer> pieces) {
        String prefix = at == 0 ? "" : CONTINUED;
        for (int end = Math.min(word.length(), at + vocabulary.longest()); end > at; end--) {
            Integer id = vocabulary.find(prefix + word.substring(at, end));
            if (id != null) {
                pieces.add(id);
                return end - at;
            }
        }
        return 0;
    }

    /** A growing row of ids. */
    private static final class Ids {
        private int[] ids = new int[32];
        private int count;

        void add(int id) {
            if (count == ids.length) {
                ids = Arrays.copyOf(ids, count * 2);
            }
            ids[count++] = id;
        }

        int[] toArray() {
            return Arrays.copyOf(ids, count);
        }
    }
}
