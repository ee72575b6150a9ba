package dev.tandem.llamacpp.natives;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.BooleanSupplier;

/**
 * The KV cache of a number of sequences and the computing on it. Every method, {@link #close} too,
 * is for the one thread that opened it. Sequences do not share their room ({@code kv_unified} is
 * off): a slot's context is its own, and attention never walks over the cells of others.
 */
@SuppressWarnings("restricted") // native memory and calls are what this package is for
public final class NativeContext implements AutoCloseable {
    private static final int ALL = -1;

    private final LlamaLibrary library;
    private final LlamaFunctions functions;
    private final MemorySegment context;
    private final MemorySegment memory;
    private final int vocabularySize;
    private final int batchSize;
    private final Arena arena = Arena.ofConfined();

    private NativeContext(
            LlamaLibrary library, MemorySegment context, int vocabularySize, int batchSize) {
        this.library = library;
        this.functions = library.functions();
        this.context = context;
        this.memory = functions.getMemory.call(context);
        this.vocabularySize = vocabularySize;
        this.batchSize = batchSize;
    }

    static NativeContext open(
            LlamaLibrary library, MemorySegment model, int vocabularySize, ContextShape shape) {
        LlamaFunctions functions = library.functions();
        library.forgetErrors();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment params = functions.contextDefaultParams.call(arena);
            params.set(
                    JAVA_INT,
                    Structs.CONTEXT_TOKENS,
                    Math.multiplyExact(shape.tokensPerSequence(), shape.sequences()));
            params.set(JAVA_INT, Structs.CONTEXT_BATCH, shape.batch());
            params.set(JAVA_INT, Structs.CONTEXT_PHYSICAL_BATCH, shape.batch());
            params.set(JAVA_INT, Structs.CONTEXT_SEQUENCES, shape.sequences());
            params.set(JAVA_INT, Structs.CONTEXT_OUTPUTS_MAX, shape.outputs());
            params.set(JAVA_INT, Structs.CONTEXT_THREADS, shape.threads());
            params.set(JAVA_INT, Structs.CONTEXT_BATCH_THREADS, shape.threads());
            params.set(JAVA_BYTE, Structs.CONTEXT_KV_UNIFIED, (byte) 0);
            MemorySegment context = functions.initFromModel.call(model, params);
            if (context.address() == 0) {
                throw library.failure("llama.cpp opens no context of " + shape);
            }
            return new NativeContext(library, context, vocabularySize, shape.batch());
        }
    }

    /** How many tokens a sequence holds. */
    public int tokensPerSequence() {
        return functions.contextPerSequence.call(context);
    }

    /** A batch as large as this context takes. */
    public TokenBatch newBatch() {
        return new TokenBatch(functions, batchSize);
    }

    /** Computes the rows of the batch and adds them to their sequences. */
    public DecodeResult decode(TokenBatch batch) {
        DecodeResult result = DecodeResult.of(functions.decode.call(context, batch.struct()));
        if (result == DecodeResult.ABORTED) {
            library.forgetErrors();
        }
        return result;
    }

    /** What llama.cpp logged as an error since it was last asked; empty where nothing was. */
    public NativeFailure failure(String what) {
        return library.failure(what);
    }

    /** Copies the logits of a row of the last decode that had its output on. */
    public void readLogits(int row, float[] target) {
        MemorySegment logits = functions.logitsOfRow.call(context, row);
        if (logits.address() == 0) {
            throw library.failure("row " + row + " has no logits");
        }
        MemorySegment.copy(
                logits.reinterpret(JAVA_FLOAT.byteSize() * vocabularySize),
                JAVA_FLOAT,
                0,
                target,
                0,
                vocabularySize);
    }

    /**
     * Removes the end of a sequence.
     *
     * @param from the first position that goes
     * @return whether it could be: recurrent and sliding-window models can only be cleared as a
     *     whole
     */
    public boolean truncate(int sequence, int from) {
        return functions.removeSequence.call(memory, sequence, from, ALL);
    }

    /** Removes a whole sequence; always possible. */
    public void clear(int sequence) {
        functions.removeSequence.call(memory, sequence, ALL, ALL);
    }

    /**
     * Removes every sequence and zeroes the cache, after an error that may have left it half
     * written.
     */
    public void clearAll() {
        functions.clearMemory.call(memory, true);
    }

    /** Makes {@code target} a copy of a whole sequence. */
    public void copy(int source, int target) {
        functions.copySequence.call(memory, source, target, ALL, ALL);
    }

    /**
     * Has a running decode ask whether to give up. Asked on the thread that decodes, some hundred
     * times a decode; the question must be cheap and must not throw. Computing on a GPU does not
     * ask.
     */
    public void abortWhen(BooleanSupplier question) {
        var guarded = new AbortQuestion(question);
        functions.setAbortCallback.call(context, guarded.upcall(arena), MemorySegment.NULL);
    }

    @Override
    public void close() {
        functions.free.call(context);
        arena.close();
    }

    private record AbortQuestion(BooleanSupplier question) {
        @SuppressWarnings({
            "IllegalCatch",
            "unused"
        }) // an exception that leaves an upcall ends the process
        private boolean ask(MemorySegment data) {
            try {
                return question.getAsBoolean();
            } catch (Throwable broken) {
                return true; // the decode ends as aborted, which the caller did not expect and
                // reports
            }
        }

        MemorySegment upcall(Arena arena) {
            try {
                var ask =
                        MethodHandles.lookup()
                                .bind(
                                        this,
                                        "ask",
                                        MethodType.methodType(boolean.class, MemorySegment.class));
                return Linker.nativeLinker()
                        .upcallStub(
                                ask,
                                FunctionDescriptor.of(
                                        ValueLayout.JAVA_BOOLEAN, ValueLayout.ADDRESS),
                                arena);
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("the abort callback is gone", e);
            }
        }
    }
}
