package dev.tandem.llamacpp.loop;

import dev.tandem.llamacpp.natives.NativeGrammar;

/** A grammar of llama.cpp as a filter. */
record GrammarFilter(NativeGrammar grammar) implements TokenFilter {
    @Override
    public boolean allows(int token) {
        return grammar.allows(token);
    }

    @Override
    public void filter(float[] logits) {
        grammar.filter(logits);
    }

    @Override
    public void accept(int token) {
        grammar.accept(token);
    }

    @Override
    public void close() {
        grammar.close();
    }
}
