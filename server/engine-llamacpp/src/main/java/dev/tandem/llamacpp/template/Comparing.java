package dev.tandem.llamacpp.template;

import java.util.List;
import java.util.Map;

/**
 * Equality, order and membership. Each comparison is a step: lists that share parts can be
 * exponentially large.
 */
final class Comparing {
    private Comparing() {}

    static boolean equal(Budget budget, Value left, Value right) {
        budget.step();
        Num a = Num.from(left);
        Num b = Num.from(right);
        if (a != null && b != null) {
            return a.compare(b) == 0;
        }
        if (left instanceof Text text && right instanceof Text other) {
            budget.read(Math.min(text.length(), other.length()));
            return text.equals(other);
        }
        if (left instanceof Seq seq && right instanceof Seq other) {
            return seq.tuple() == other.tuple() && equalItems(budget, seq.items(), other.items());
        }
        if (left instanceof Dict dict && right instanceof Dict other) {
            return equalEntries(budget, dict.entries(), other.entries());
        }
        return isSame(left, right)
                || (left instanceof Value.Undefined && right instanceof Value.Undefined);
    }

    /** Functions and namespaces equal nothing but themselves. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(Value left, Value right) {
        return left == right;
    }

    private static boolean equalItems(Budget budget, List<Value> left, List<Value> right) {
        boolean equal = left.size() == right.size();
        budget.enter();
        for (int i = 0; equal && i < left.size(); i++) {
            equal = equal(budget, left.get(i), right.get(i));
        }
        budget.leave();
        return equal;
    }

    private static boolean equalEntries(
            Budget budget, Map<Value, Value> left, Map<Value, Value> right) {
        boolean equal = left.size() == right.size();
        budget.enter();
        for (Map.Entry<Value, Value> entry : left.entrySet()) {
            Value other = right.get(entry.getKey());
            equal = equal && other != null && equal(budget, entry.getValue(), other);
        }
        budget.leave();
        return equal;
    }

    /** Negative, zero or positive as in a comparator; strings by code point, as Python has it. */
    static int order(Budget budget, Value left, Value right) {
        budget.step();
        if (left instanceof Value.Undefined undefined) {
            throw undefined.used();
        }
        if (right instanceof Value.Undefined undefined) {
            throw undefined.used();
        }
        Num a = Num.from(left);
        Num b = Num.from(right);
        if (a != null && b != null) {
            return a.compare(b);
        }
        if (left instanceof Text text && right instanceof Text other) {
            budget.read(Math.min(text.length(), other.length()));
            return orderTexts(text.chars(), other.chars());
        }
        if (left instanceof Seq seq && right instanceof Seq other && seq.tuple() == other.tuple()) {
            return orderItems(budget, seq.items(), other.items());
        }
        throw TemplateException.runtime(
                "'<' not supported between '%s' and '%s'"
                        .formatted(left.typeName(), right.typeName()));
    }

    private static int orderTexts(String left, String right) {
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean surrogates = Character.isSurrogate(a) != Character.isSurrogate(b);
                return surrogates
                        ? Boolean.compare(Character.isSurrogate(a), Character.isSurrogate(b))
                        : a - b;
            }
        }
        return left.length() - right.length();
    }

    private static int orderItems(Budget budget, List<Value> left, List<Value> right) {
        budget.enter();
        int order = Integer.compare(left.size(), right.size());
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            if (!equal(budget, left.get(i), right.get(i))) {
                order = order(budget, left.get(i), right.get(i));
                break;
            }
        }
        budget.leave();
        return order;
    }

    /** {@code value in container}. */
    static boolean contains(Budget budget, Value container, Value value) {
        return switch (container) {
            case Text text ->
                    Search.indexOf(budget, text.chars(), Arguments.asText(value).chars(), 0) >= 0;
            case Dict dict -> dict.find(value) != null;
            case Seq seq -> containsItem(budget, seq.items(), value);
            case Value.Undefined undefined -> false;
            default ->
                    throw TemplateException.runtime(
                            "'" + container.typeName() + "' cannot be searched with 'in'");
        };
    }

    private static boolean containsItem(Budget budget, List<Value> items, Value value) {
        for (Value item : items) {
            if (equal(budget, item, value)) {
                return true;
            }
        }
        return false;
    }
}
