package dev.tandem.llamacpp.template;

import java.util.ArrayList;
import java.util.List;

/** {@code [from:to:step]} with Python's meaning of negative and missing bounds. */
record Slicing(Value from, Value to, Value step) {

    Value of(Budget budget, Value value) {
        return switch (value) {
            case Value.Undefined undefined -> throw undefined.used();
            case Seq seq -> new Seq(pick(budget, seq.items()), seq.tuple());
            case Text text when step == Value.None.NONE -> substring(budget, text);
            case Text text -> join(pick(budget, Access.items(budget, text)));
            default ->
                    throw TemplateException.runtime(
                            "'" + value.typeName() + "' object is not subscriptable");
        };
    }

    private Text substring(Budget budget, Text text) {
        budget.allocate(text.length());
        int length = text.codePoints();
        long start = bound(from, 0, 0, length, length);
        long end = Math.max(start, bound(to, length, 0, length, length));
        int first = text.chars().offsetByCodePoints(0, (int) start);
        return text.slice(first, text.chars().offsetByCodePoints(first, (int) (end - start)));
    }

    private List<Value> pick(Budget budget, List<Value> items) {
        int size = items.size();
        long stride = step == Value.None.NONE ? 1 : Num.index(step);
        if (stride == 0) {
            throw TemplateException.runtime("slice step cannot be zero");
        }
        boolean up = stride > 0;
        long low = up ? 0 : -1;
        long high = up ? size : size - 1L;
        long end = bound(to, up ? high : low, low, high, size);
        List<Value> picked = new ArrayList<>();
        budget.allocateElements(size);
        long place = bound(from, up ? low : high, low, high, size);
        while (up ? place < end : place > end) {
            picked.add(items.get((int) place));
            // a stride beyond the size cannot overflow the sum: it ends the walk all the same
            place += Math.clamp(stride, -size - 1L, size + 1L);
        }
        return picked;
    }

    private static long bound(Value given, long absent, long low, long high, int size) {
        if (given == Value.None.NONE) {
            return absent;
        }
        long index = Num.index(given);
        return Math.clamp(index < 0 ? index + size : index, low, high);
    }

    private static Text join(List<Value> characters) {
        TextBuilder text = new TextBuilder();
        characters.forEach(character -> text.append(Arguments.asText(character)));
        return text.build();
    }
}
