package dev.tandem.llamacpp.natives;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * The vocabulary of a model that is open. {@code llama.h} calls this part of the API thread-safe:
 * any thread may call.
 */
public final class NativeVocabulary {
    private static final int MORE_TOKENS_THAN_BYTES = 16;
    private static final long MOST_PIECES = 256;

    private final LlamaFunctions functions;
    private final MemorySegment vocabulary;
    private final int size;

    NativeVocabulary(LlamaFunctions functions, MemorySegment vocabulary) {
        this.functions = functions;
        this.vocabulary = vocabulary;
        this.size = functions.vocabSize.call(vocabulary);
    }

    /** How many tokens there are; ids run from 0. */
    public int size() {
        return size;
    }

    /** The id of the token that begins a text, negative where there is none. */
    public int bos() {
        return functions.vocabBos.call(vocabulary);
    }

    /** The id of the token that ends a text, negative where there is none. */
    public int eos() {
        return functions.vocabEos.call(vocabulary);
    }

    /**
     * Whether the tokenizer puts the beginning token in front where special tokens are to be added.
     */
    public boolean addsBos() {
        return functions.vocabAddsBos.call(vocabulary);
    }

    /** Whether the token ends a generation. */
    public boolean isEnd(int token) {
        return functions.vocabIsEog.call(vocabulary, checked(token));
    }

    /** Whether the token is a mark of the chat format, say, and no text. */
    public boolean isControl(int token) {
        return functions.vocabIsControl.call(vocabulary, checked(token));
    }

    /**
     * The bytes of a token, those of a control token too; UTF-8 may begin and end inside a
     * character.
     */
    public byte[] bytes(int token) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(MOST_PIECES);
            int length = piece(token, buffer);
            if (length < 0) {
                buffer = arena.allocate(-length);
                length = piece(token, buffer);
            }
            return buffer.asSlice(0, length).toArray(JAVA_BYTE);
        }
    }

    /** The length of the piece, or its negative where the buffer is too small. */
    private int piece(int token, MemorySegment buffer) {
        return functions.tokenToPiece.call(
                vocabulary, checked(token), buffer, (int) buffer.byteSize(), 0, true);
    }

    /**
     * Splits a text into tokens. Costs native stack and time with the length of the text.
     *
     * @param addSpecial put the beginning token in front where the model wants it
     * @param parseSpecial read the names of control tokens as those tokens; not for text that a
     *     user typed
     */
    public int[] tokenize(String text, boolean addSpecial, boolean parseSpecial) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int capacity = Math.addExact(utf8.length, MORE_TOKENS_THAN_BYTES);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment in = arena.allocate(utf8.length + 1L);
            MemorySegment.copy(utf8, 0, in, JAVA_BYTE, 0, utf8.length);
            MemorySegment out = arena.allocate(JAVA_INT, capacity);
            int count =
                    functions.tokenize.call(
                            vocabulary, in, utf8.length, out, capacity, addSpecial, parseSpecial);
            if (count < 0) {
                throw new NativeFailure(
                        "a text of " + utf8.length + " bytes became too many tokens");
            }
            return out.asSlice(0, count * JAVA_INT.byteSize()).toArray(JAVA_INT);
        }
    }

    MemorySegment pointer() {
        return vocabulary;
    }

    LlamaFunctions functions() {
        return functions;
    }

    /** llama.cpp aborts the process on an id that it does not have. */
    private int checked(int token) {
        if (token < 0 || token >= size) {
            throw new IllegalArgumentException(
                    "token " + token + " is not in the vocabulary of " + size);
        }
        return token;
    }
}
