package dev.tandem.llamacpp;

import dev.tandem.structured.grammar.Grammar;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The grammars that were made last, by what they were made of. For any number of threads. */
final class GrammarCache {
    private static final int MOST_GRAMMARS = 256;
    private static final long MOST_CHARACTERS = 16L << 20;

    private final Map<String, Grammar> grammars = new HashMap<>();
    private final Deque<String> oldestFirst = new ArrayDeque<>();
    private long characters;

    synchronized @Nullable Grammar get(String key) {
        return grammars.get(key);
    }

    synchronized void put(String key, Grammar grammar) {
        if (grammars.putIfAbsent(key, grammar) != null) {
            return;
        }
        oldestFirst.add(key);
        characters += size(key, grammar);
        while (oldestFirst.size() > MOST_GRAMMARS || characters > MOST_CHARACTERS) {
            String oldest = oldestFirst.remove();
            Grammar gone = grammars.remove(oldest);
            characters -= gone == null ? 0 : size(oldest, gone);
        }
    }

    private static long size(String key, Grammar grammar) {
        return (long) key.length() + grammar.gbnf().length();
    }
}
