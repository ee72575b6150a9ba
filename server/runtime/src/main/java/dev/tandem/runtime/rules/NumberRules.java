package dev.tandem.runtime.rules;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The rules of one kind of number. */
final class NumberRules {
    /** The result of comparing with what is not a number: neither less, equal nor greater. */
    private static final int UNORDERED = 2;

    private final Message rules;
    private final FieldDescriptor.Type type;

    /**
     * @param rules {@code buf.validate.Int32Rules} and the like
     */
    NumberRules(Message rules, FieldDescriptor.Type type) {
        this.rules = rules;
        this.type = type;
    }

    /** The name of the rule about both ends, where there is a limit; else null. */
    @Nullable String boundsName() {
        String lower = has("gt") ? "gt" : has("gte") ? "gte" : null;
        String upper = has("lt") ? "lt" : has("lte") ? "lte" : null;
        if (lower == null || upper == null) {
            return lower == null ? upper : lower;
        }
        return lower + '_' + upper + (isExclusive(lower, upper) ? "_exclusive" : "");
    }

    /** Is the value within the limits, or outside of them where they are the wrong way round? */
    Predicate<Object> bounds() {
        Predicate<Object> above = above();
        Predicate<Object> below = below();
        if (above == null || below == null) {
            Predicate<Object> only = above == null ? below : above;
            return only == null ? value -> true : only;
        }
        String lower = has("gt") ? "gt" : "gte";
        String upper = has("lt") ? "lt" : "lte";
        return isExclusive(lower, upper) ? above.or(below) : above.and(below);
    }

    Predicate<Object> constant() {
        Object constant = limit("const");
        return value -> compare(value, constant) == 0;
    }

    Predicate<Object> in() {
        List<?> all = (List<?>) limit("in");
        return value -> all.stream().anyMatch(each -> compare(value, each) == 0);
    }

    Predicate<Object> notIn() {
        List<?> all = (List<?>) limit("not_in");
        return value -> all.stream().noneMatch(each -> compare(value, each) == 0);
    }

    static boolean isFinite(Object value) {
        return Double.isFinite(((Number) value).doubleValue());
    }

    private boolean isExclusive(String lower, String upper) {
        return compare(limit(upper), limit(lower)) < 0;
    }

    private @Nullable Predicate<Object> above() {
        if (has("gt")) {
            Object limit = limit("gt");
            return value -> compare(value, limit) == 1;
        }
        if (has("gte")) {
            Object limit = limit("gte");
            return value -> {
                int result = compare(value, limit);
                return result == 0 || result == 1;
            };
        }
        return null;
    }

    private @Nullable Predicate<Object> below() {
        if (has("lt")) {
            Object limit = limit("lt");
            return value -> compare(value, limit) < 0;
        }
        if (has("lte")) {
            Object limit = limit("lte");
            return value -> compare(value, limit) <= 0;
        }
        return null;
    }

    private boolean has(String name) {
        return rules.hasField(rules.getDescriptorForType().findFieldByName(name));
    }

    private Object limit(String name) {
        return rules.getField(rules.getDescriptorForType().findFieldByName(name));
    }

    private int compare(Object one, Object other) {
        return switch (type) {
            case FLOAT, DOUBLE ->
                    compare(((Number) one).doubleValue(), ((Number) other).doubleValue());
            case UINT32, FIXED32 ->
                    Integer.signum(Integer.compareUnsigned((Integer) one, (Integer) other));
            case UINT64, FIXED64 -> Integer.signum(Long.compareUnsigned((Long) one, (Long) other));
            default -> Long.compare(((Number) one).longValue(), ((Number) other).longValue());
        };
    }

    private static int compare(double one, double other) {
        if (Double.isNaN(one) || Double.isNaN(other)) {
            return UNORDERED;
        }
        return one < other ? -1 : one > other ? 1 : 0; // negative zero is zero
    }
}
