package dev.tandem.llamacpp.template;

import java.util.List;

/**
 * A list, or a tuple: the same but for how it prints and that it equals no list. Never changed once
 * made.
 */
record Seq(List<Value> items, boolean tuple) implements Value {
    static final Seq EMPTY = list(List.of());

    static Seq list(List<Value> items) {
        return new Seq(items, false);
    }

    static Seq tuple(List<Value> items) {
        return new Seq(items, true);
    }

    static Seq tuple(Value... items) {
        return new Seq(List.of(items), true);
    }

    int size() {
        return items.size();
    }

    @Override
    public boolean truth() {
        return !items.isEmpty();
    }

    @Override
    public String typeName() {
        return tuple ? "tuple" : "list";
    }
}
