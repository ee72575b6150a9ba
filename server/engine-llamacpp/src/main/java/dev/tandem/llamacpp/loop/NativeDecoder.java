package dev.tandem.llamacpp.loop;

import dev.tandem.llamacpp.natives.DecodeResult;
import dev.tandem.llamacpp.natives.NativeContext;
import dev.tandem.llamacpp.natives.NativeGrammar;
import dev.tandem.llamacpp.natives.NativeVocabulary;
import dev.tandem.llamacpp.natives.TokenBatch;
import java.util.function.BooleanSupplier;

/** The decoder over a context of llama.cpp. */
record NativeDecoder(NativeContext context, TokenBatch batch, NativeVocabulary vocabulary)
        implements Decoder {
    @Override
    public int add(int token, int position, int sequence, boolean output) {
        return batch.add(token, position, sequence, output);
    }

    @Override
    public DecodeResult decode() {
        DecodeResult result = context.decode(batch);
        batch.clear();
        return result;
    }

    @Override
    public void readLogits(int row, float[] target) {
        context.readLogits(row, target);
    }

    @Override
    public boolean truncate(int sequence, int from) {
        return context.truncate(sequence, from);
    }

    @Override
    public void clear(int sequence) {
        context.clear(sequence);
    }

    @Override
    public void clearAll() {
        context.clearAll();
    }

    @Override
    public void copy(int source, int target) {
        context.copy(source, target);
    }

    @Override
    public void abortWhen(BooleanSupplier question) {
        context.abortWhen(question);
    }

    @Override
    public TokenFilter startGrammar(String gbnf) {
        return new GrammarFilter(NativeGrammar.start(vocabulary, gbnf));
    }

    @Override
    public String reason(String what) {
        return String.valueOf(context.failure(what).getMessage());
    }
}
