package dev.tandem.runtime.rules;

import build.buf.validate.FieldRules;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Makes checks of the standard rules of one value. */
final class ValueRules {
    private static final Set<String> BOUNDS = Set.of("gt", "gte", "lt", "lte");

    /** Of lists and maps: the rules of what is in them, which are made by themselves. */
    private static final Set<String> INSIDE = Set.of("items", "keys", "values", "example");

    private final FieldDescriptor field;
    private final FieldRules rules;
    private final String kind;
    private final Message limits;
    private final NumberRules numbers;

    private ValueRules(FieldDescriptor field, FieldRules rules, FieldDescriptor kind) {
        this.field = field;
        this.rules = rules;
        this.kind = kind.getName();
        limits = (Message) rules.getField(kind);
        numbers = new NumberRules(limits, field.getType());
    }

    /**
     * The rules of a value.
     *
     * @param field the field, or the field of a map's entry that holds its keys or values
     * @throws NotCoveredException where there is one that only protovalidate knows
     */
    static Rule[] of(FieldDescriptor field, FieldRules rules) throws NotCoveredException {
        return of(field, rules, kindOf(field));
    }

    /** As {@link #of}, of an element of a list. */
    static Rule[] ofElement(FieldDescriptor field, FieldRules rules) throws NotCoveredException {
        return of(field, rules, scalarKind(field));
    }

    private static Rule[] of(FieldDescriptor field, FieldRules rules, String wanted)
            throws NotCoveredException {
        if (rules.getCelCount() > 0
                || rules.getCelExpressionCount() > 0
                || !rules.getUnknownFields().asMap().isEmpty()) {
            throw new NotCoveredException("cel");
        }
        FieldDescriptor kind =
                rules.getOneofFieldDescriptor(FieldRules.getDescriptor().getOneofs().getFirst());
        if (kind == null) {
            return new Rule[0];
        }
        if (!kind.getName().equals(wanted)) {
            throw new NotCoveredException("mismatch"); // which protovalidate tells
        }
        return new ValueRules(field, rules, kind).compile().toArray(Rule[]::new);
    }

    private static String kindOf(FieldDescriptor field) {
        if (field.isMapField()) {
            return "map";
        }
        return field.isRepeated() ? "repeated" : scalarKind(field);
    }

    private static String scalarKind(FieldDescriptor field) {
        return field.getType().name().toLowerCase(Locale.ROOT);
    }

    private List<Rule> compile() throws NotCoveredException {
        if (!limits.getUnknownFields().asMap().isEmpty()) {
            throw new NotCoveredException("predefined");
        }
        List<Rule> all = new ArrayList<>();
        String bounds = null;
        for (Map.Entry<FieldDescriptor, Object> entry : limits.getAllFields().entrySet()) {
            FieldDescriptor rule = entry.getKey();
            if (rule.isExtension()) {
                throw new NotCoveredException(rule.getFullName());
            }
            if (BOUNDS.contains(rule.getName())) {
                if (bounds == null) {
                    bounds = numbers.boundsName();
                    add(String.valueOf(bounds), numbers.bounds(), all);
                }
            } else if (!INSIDE.contains(rule.getName())
                    && !Boolean.FALSE.equals(entry.getValue())) {
                add(rule.getName(), keeps(rule.getName(), entry.getValue()), all);
            }
        }
        return all;
    }

    private void add(String rule, Predicate<Object> keeps, List<Rule> all)
            throws NotCoveredException {
        String id = kind + '.' + rule;
        String sentence = Words.of(id, field, rules);
        if (sentence == null) {
            throw new NotCoveredException(id);
        }
        all.add(new Rule(id, sentence, keeps));
    }

    private Predicate<Object> keeps(String rule, Object limit) throws NotCoveredException {
        return switch (kind) {
            case "string" -> text(rule, limit);
            case "repeated" -> list(rule, limit);
            case "map" -> map(rule, limit);
            case "bool" -> bool(rule, limit);
            case "enum" ->
                    rule.equals("defined_only") ? defined(field.getEnumType()) : number(rule);
            case "bytes", "any", "duration", "timestamp", "field_mask" ->
                    throw new NotCoveredException(kind);
            default -> number(rule);
        };
    }

    private Predicate<Object> text(String rule, Object limit) throws NotCoveredException {
        if (limit instanceof Long number) {
            return textSize(rule, number);
        }
        return switch (rule) {
            case "const" -> limit::equals;
            case "pattern" -> pattern((String) limit);
            case "prefix" -> value -> ((String) value).startsWith((String) limit);
            case "suffix" -> value -> ((String) value).endsWith((String) limit);
            case "contains" -> value -> ((String) value).contains((String) limit);
            case "not_contains" -> value -> !((String) value).contains((String) limit);
            case "in" -> Set.copyOf((Collection<?>) limit)::contains;
            case "not_in" -> Predicate.not(Set.copyOf((Collection<?>) limit)::contains);
            default -> throw new NotCoveredException(rule);
        };
    }

    private static Predicate<Object> textSize(String rule, long limit) throws NotCoveredException {
        return switch (rule) {
            case "len" -> value -> characters((String) value) == limit;
            case "min_len" -> value -> characters((String) value) >= limit;
            case "max_len" ->
                    value ->
                            ((String) value).length() <= limit
                                    || characters((String) value) <= limit;
            case "min_bytes" -> value -> bytes((String) value) >= limit;
            case "max_bytes" -> value -> bytes((String) value) <= limit;
            default -> throw new NotCoveredException(rule);
        };
    }

    private static int characters(String text) {
        return text.codePointCount(0, text.length());
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static Predicate<Object> pattern(String regex) throws NotCoveredException {
        try {
            Pattern pattern = Pattern.compile(regex);
            return value -> pattern.matcher((String) value).find();
        } catch (PatternSyntaxException broken) {
            throw new NotCoveredException("pattern"); // which protovalidate tells
        }
    }

    private Predicate<Object> list(String rule, Object limit) throws NotCoveredException {
        return switch (rule) {
            case "min_items" -> value -> ((List<?>) value).size() >= (Long) limit;
            case "max_items" -> value -> ((List<?>) value).size() <= (Long) limit;
            case "unique" -> unique();
            default -> throw new NotCoveredException(rule);
        };
    }

    /** Only where equality is that of Java's own types: NaN and negative zero are not. */
    private Predicate<Object> unique() throws NotCoveredException {
        return switch (field.getJavaType()) {
            case INT, LONG, BOOLEAN, STRING ->
                    value -> new HashSet<>((List<?>) value).size() == ((List<?>) value).size();
            default -> throw new NotCoveredException("unique");
        };
    }

    private static Predicate<Object> map(String rule, Object limit) throws NotCoveredException {
        return switch (rule) {
            case "min_pairs" -> value -> ((Map<?, ?>) value).size() >= (Long) limit;
            case "max_pairs" -> value -> ((Map<?, ?>) value).size() <= (Long) limit;
            default -> throw new NotCoveredException(rule);
        };
    }

    private static Predicate<Object> bool(String rule, Object limit) throws NotCoveredException {
        if (!rule.equals("const")) {
            throw new NotCoveredException(rule);
        }
        return limit::equals;
    }

    private static Predicate<Object> defined(EnumDescriptor type) {
        Set<Integer> numbers = new HashSet<>();
        type.getValues().forEach(value -> numbers.add(value.getNumber()));
        return numbers::contains;
    }

    private Predicate<Object> number(String rule) throws NotCoveredException {
        return switch (rule) {
            case "const" -> numbers.constant();
            case "in" -> numbers.in();
            case "not_in" -> numbers.notIn();
            case "finite" -> NumberRules::isFinite;
            default -> throw new NotCoveredException(rule);
        };
    }
}
