package dev.tandem.llamacpp.loop;

import java.util.Arrays;

/** A growing list of token ids. */
final class TokenList {
    private int[] tokens = new int[256];
    private int size;

    int size() {
        return size;
    }

    void add(int token) {
        if (size == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * size);
        }
        tokens[size++] = token;
    }

    void addAll(TokenList others) {
        for (int i = 0; i < others.size; i++) {
            add(others.tokens[i]);
        }
    }

    void truncate(int length) {
        size = Math.min(size, length);
    }

    /** How many tokens at the beginning are the same. */
    int commonPrefix(int[] others) {
        int mismatch = Arrays.mismatch(tokens, 0, size, others, 0, others.length);
        return mismatch < 0 ? size : mismatch;
    }
}
