package dev.tandem.llamacpp.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A map in the order of insertion. Never changed once made; keys are scalars, so hashing costs no
 * more than a text.
 */
record Dict(Map<Value, Value> entries) implements Value {

    static boolean isKey(Value value) {
        return value instanceof Text
                || value instanceof Num
                || value instanceof Bool
                || value instanceof None;
    }

    /** Checks that a value may be a key. */
    static Value key(Value value) {
        if (!isKey(value)) {
            throw TemplateException.runtime("unhashable type: '" + value.typeName() + "'");
        }
        return value;
    }

    /** The value of a key, null where there is none. */
    @Nullable Value find(Value key) {
        return entries.get(key(key));
    }

    List<Value> keys(Budget budget) {
        budget.allocateElements(entries.size());
        return new ArrayList<>(entries.keySet());
    }

    List<Value> values(Budget budget) {
        budget.allocateElements(entries.size());
        return new ArrayList<>(entries.values());
    }

    /** The entries as tuples of two. */
    List<Value> items(Budget budget) {
        budget.allocateElements(3L * entries.size());
        List<Value> pairs = new ArrayList<>(entries.size());
        entries.forEach((key, value) -> pairs.add(Seq.tuple(key, value)));
        return pairs;
    }

    @Override
    public boolean truth() {
        return !entries.isEmpty();
    }

    @Override
    public String typeName() {
        return "dict";
    }
}
