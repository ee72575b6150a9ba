package dev.tandem.llamacpp.natives;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The state of a GBNF grammar along one generated text. The grammar must be our own: some that
 * llama.cpp accepts hang it or end the process. For one thread.
 */
public final class NativeGrammar implements AutoCloseable {
    private static final String START_RULE = "root";

    private final GrammarFunctions functions;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment sampler;
    private final MemorySegment one = arena.allocate(Structs.TOKEN_DATA_SIZE, Integer.BYTES);
    private final MemorySegment array = arena.allocate(Structs.TOKEN_ARRAY_SIZE, Long.BYTES);
    private final int vocabularySize;

    private NativeGrammar(GrammarFunctions functions, NativeVocabulary vocabulary, String gbnf) {
        this.functions = functions;
        this.vocabularySize = vocabulary.size();
        try (Arena call = Arena.ofConfined()) {
            sampler =
                    functions.start.call(
                            vocabulary.pointer(),
                            call.allocateFrom(gbnf),
                            call.allocateFrom(START_RULE));
        }
    }

    /**
     * Starts at the rule {@code root}.
     *
     * @throws NativeFailure where llama.cpp does not accept the grammar
     */
    public static NativeGrammar start(NativeVocabulary vocabulary, String gbnf) {
        if (gbnf.isBlank()) {
            throw new NativeFailure("an empty grammar allows everything; leave it out");
        }
        var grammar = new NativeGrammar(vocabulary.functions().grammar, vocabulary, gbnf);
        if (grammar.sampler.address() == 0) {
            grammar.arena.close();
            throw new NativeFailure("llama.cpp does not accept the grammar");
        }
        return grammar;
    }

    /** Whether the token may come next; some microseconds. */
    public boolean allows(int token) {
        write(one, 0, token, 1f);
        apply(one, 1);
        return one.get(JAVA_FLOAT, Structs.TOKEN_DATA_LOGIT) > Float.NEGATIVE_INFINITY;
    }

    /**
     * Sets the logit of every token that may not come next to minus infinity; some milliseconds.
     */
    public void filter(float[] logits) {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment all =
                    call.allocate(Structs.TOKEN_DATA_SIZE * vocabularySize, Integer.BYTES);
            for (int token = 0; token < vocabularySize; token++) {
                write(all, token * Structs.TOKEN_DATA_SIZE, token, logits[token]);
            }
            apply(all, vocabularySize);
            for (int token = 0; token < vocabularySize; token++) {
                long offset = token * Structs.TOKEN_DATA_SIZE + Structs.TOKEN_DATA_LOGIT;
                logits[token] = all.get(JAVA_FLOAT, offset);
            }
        }
    }

    /**
     * Goes on with a token.
     *
     * @throws IllegalArgumentException where the grammar does not allow it: llama.cpp would end the
     *     process
     */
    public void accept(int token) {
        if (!allows(token)) {
            throw new IllegalArgumentException("the grammar does not allow token " + token);
        }
        functions.accept.call(sampler, token);
    }

    private static void write(MemorySegment data, long offset, int token, float logit) {
        data.set(JAVA_INT, offset, token);
        data.set(JAVA_FLOAT, offset + Structs.TOKEN_DATA_LOGIT, logit);
        data.set(JAVA_FLOAT, offset + Structs.TOKEN_DATA_LOGIT + Float.BYTES, 0f);
    }

    private void apply(MemorySegment data, long length) {
        array.set(ADDRESS, 0, data);
        array.set(JAVA_LONG, Structs.TOKEN_ARRAY_LENGTH, length);
        array.set(JAVA_LONG, Structs.TOKEN_ARRAY_SELECTED, -1);
        array.set(JAVA_BYTE, Structs.TOKEN_ARRAY_SORTED, (byte) 0);
        functions.apply.call(sampler, array);
    }

    @Override
    public void close() {
        functions.free.call(sampler);
        arena.close();
    }
}
