package dev.tandem.llamacpp;

import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.tandem.llamacpp.loop.TokenLogprob;
import dev.tandem.llamacpp.loop.Utf8Stream;
import dev.tandem.llamacpp.loop.Vocabulary;
import dev.tandem.v1.TextLogprobs;
import dev.tandem.v1.TokenScore;

/** The tokens of one choice in the columns of the completions API, growing with the text. */
final class TokenTable {
    private static final byte[] NO_TEXT = {};

    private final Vocabulary vocabulary;
    private final int alternatives;
    private final Utf8Stream text = new Utf8Stream();
    private TextLogprobs.Builder columns = TextLogprobs.newBuilder();
    private int characters;

    /**
     * @param alternatives how many of the likeliest tokens are told, 0 for none
     */
    TokenTable(Vocabulary vocabulary, int alternatives) {
        this.vocabulary = vocabulary;
        this.alternatives = alternatives;
    }

    /** The first token of an echoed prompt, which follows nothing. */
    void addFirst(int token) {
        add(token, vocabulary.bytes(token), TokenScore.getDefaultInstance());
        if (alternatives > 0) {
            columns.addTopLogprobs(Value.newBuilder().setNullValue(NullValue.NULL_VALUE));
        }
    }

    /** Another token of an echoed prompt. */
    void addEchoed(TokenLogprob token) {
        add(token.token(), vocabulary.bytes(token.token()), score(token));
        addAlternatives(token);
    }

    /** A generated token; marks do not show in generated text. */
    void addGenerated(TokenLogprob token) {
        boolean mark = vocabulary.isControl(token.token());
        add(token.token(), mark ? NO_TEXT : vocabulary.bytes(token.token()), score(token));
        addAlternatives(token);
    }

    private void add(int token, byte[] bytes, TokenScore score) {
        columns.addTokens(TokenTexts.of(token, vocabulary))
                .addTokenLogprobs(score)
                .addTextOffset(characters);
        characters += text.decode(bytes).length();
    }

    private static TokenScore score(TokenLogprob token) {
        return TokenScore.newBuilder().setLogprob(PieceWriter.finite(token.logprob())).build();
    }

    private void addAlternatives(TokenLogprob token) {
        if (alternatives == 0) {
            return;
        }
        Struct.Builder likely = Struct.newBuilder();
        for (TokenLogprob other : token.top()) {
            put(other, likely);
        }
        put(token, likely);
        columns.addTopLogprobs(Value.newBuilder().setStructValue(likely));
    }

    /** Tokens that are parts of characters may look alike; the likeliest of them is told. */
    private void put(TokenLogprob token, Struct.Builder likely) {
        String name = TokenTexts.of(token.token(), vocabulary);
        if (!likely.containsFields(name)) {
            likely.putFields(
                    name,
                    Value.newBuilder().setNumberValue(PieceWriter.finite(token.logprob())).build());
        }
    }

    /** Has nothing come since the last {@link #take}? */
    boolean isEmpty() {
        return columns.getTokensCount() == 0;
    }

    /** What came since the last time. */
    TextLogprobs take() {
        TextLogprobs taken = columns.build();
        columns = TextLogprobs.newBuilder();
        return taken;
    }
}
