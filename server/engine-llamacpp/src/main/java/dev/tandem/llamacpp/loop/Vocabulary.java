package dev.tandem.llamacpp.loop;

import dev.tandem.llamacpp.natives.NativeVocabulary;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;

/** The tokens of a model, copied out of it when it was loaded. For any thread. */
public final class Vocabulary {
    private static final byte[] NONE = {};

    private final byte[][] pieces;
    private final BitSet ends;
    private final BitSet controls;
    private final int bos;
    private final int eos;
    private final boolean addsBos;
    private final int longest;

    Vocabulary(byte[][] pieces, BitSet ends, BitSet controls, int bos, int eos, boolean addsBos) {
        this.pieces = pieces;
        this.ends = ends;
        this.controls = controls;
        this.bos = bos;
        this.eos = eos;
        this.addsBos = addsBos;
        int most = 1;
        for (byte[] piece : pieces) {
            most = Math.max(most, piece.length);
        }
        this.longest = most;
    }

    static Vocabulary copyOf(NativeVocabulary source) {
        byte[][] pieces = new byte[source.size()][];
        BitSet ends = new BitSet();
        BitSet controls = new BitSet();
        for (int token = 0; token < pieces.length; token++) {
            pieces[token] = source.bytes(token);
            ends.set(token, source.isEnd(token));
            controls.set(token, source.isControl(token));
        }
        return new Vocabulary(pieces, ends, controls, source.bos(), source.eos(), source.addsBos());
    }

    /** How many tokens there are; ids run from 0. */
    public int size() {
        return pieces.length;
    }

    /**
     * The bytes of a token, a control token's name too. UTF-8 that may begin or end inside a
     * character.
     */
    public byte[] bytes(int token) {
        return pieces[token].clone();
    }

    /** The bytes of a token. Not to be changed by the caller. */
    byte[] allBytes(int token) {
        return pieces[token];
    }

    /** What the token adds to an answer's text. Not to be changed by the caller. */
    byte[] textBytes(int token, AnswerForm form) {
        return !controls.get(token) || form.shows(text(token)) ? pieces[token] : NONE;
    }

    /** The control tokens with other texts than these, but for those that end a generation. */
    BitSet controlsExcept(Predicate<String> texts) {
        BitSet others = new BitSet();
        controls.stream()
                .filter(token -> !ends.get(token) && !texts.test(text(token)))
                .forEach(others::set);
        return others;
    }

    /** Whether the token is a mark, which generated text does not show. */
    public boolean isControl(int token) {
        return controls.get(token);
    }

    /** Whether there is such a token. */
    public boolean has(int token) {
        return token >= 0 && token < pieces.length;
    }

    /** Whether the token ends a generation. */
    public boolean isEnd(int token) {
        return ends.get(token);
    }

    /** The text of the token that begins a text, empty where the model has none. */
    public String bosToken() {
        return text(bos);
    }

    /** The text of the token that ends a text, empty where the model has none. */
    public String eosToken() {
        return text(eos);
    }

    /**
     * Whether the tokenizer puts the beginning token in front where special tokens are to be added.
     */
    public boolean addsBos() {
        return addsBos;
    }

    /** The texts of all control tokens, which a tokenizer that parses them takes for the tokens. */
    public List<String> controlTexts() {
        return controls.stream().mapToObj(this::text).filter(text -> !text.isEmpty()).toList();
    }

    /** Bytes of the longest token. */
    int longest() {
        return longest;
    }

    private String text(int token) {
        return token >= 0 && token < pieces.length
                ? new String(pieces[token], StandardCharsets.UTF_8)
                : "";
    }
}
