package dev.tandem.runtime.rules;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.tandem.transcoding.json.Accessors;
import java.util.List;
import java.util.Map;

/** The rules of one field. */
final class FieldCheck {
    /** What is checked of the value of a field that has one. */
    @FunctionalInterface
    interface Values {
        void check(Object value, Findings out);
    }

    static final Values NOTHING = (value, out) -> {};

    private final FieldDescriptor field;
    private final boolean required;
    private final boolean onlyWhenSet;
    private final Accessors.Has set;
    private final Accessors.RefGet get;
    private final Values values;

    /**
     * @param onlyWhenSet whether a field without value keeps all rules but that it must have one
     */
    FieldCheck(
            FieldDescriptor field,
            boolean required,
            boolean onlyWhenSet,
            Accessors accessors,
            Values values) {
        this.field = field;
        this.required = required;
        this.onlyWhenSet = onlyWhenSet;
        this.values = values;
        get = getter(accessors, field);
        set = presence(accessors, field, get);
    }

    void check(Message message, Findings out) {
        if ((required || onlyWhenSet) && !set.has(message)) {
            if (required) {
                out.enter(message, field);
                out.add(Rule.REQUIRED, Words.MISSING);
                out.leave();
            }
            return;
        }
        out.enter(message, field);
        values.check(get.get(message), out);
        out.leave();
    }

    /** The rules of a list and of its elements. */
    static Values list(Rule[] rules, Values elements) {
        return (value, out) -> {
            List<?> list = (List<?>) value;
            broken(rules, list, out);
            for (int i = 0; i < list.size(); i++) {
                out.index(i);
                elements.check(list.get(i), out);
            }
        };
    }

    /** The rules of a map, of its keys and of its values. */
    static Values map(Rule[] rules, Values keys, Values elements) {
        return (value, out) -> {
            Map<?, ?> map = (Map<?, ?>) value;
            broken(rules, map, out);
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.key(entry.getKey());
                keys.check(entry.getKey(), out);
                elements.check(entry.getValue(), out);
            }
        };
    }

    /** The rules of one value. */
    static Values value(Rule[] rules) {
        return (value, out) -> broken(rules, value, out);
    }

    /** The rules within a message. */
    static Values message(TypeRules type) {
        return (value, out) -> type.check((Message) value, out);
    }

    private static void broken(Rule[] rules, Object value, Findings out) {
        for (Rule rule : rules) {
            if (!rule.keeps().test(value)) {
                out.add(rule.id(), rule.sentence());
            }
        }
    }

    private static Accessors.RefGet getter(Accessors accessors, FieldDescriptor field) {
        if (field.isRepeated()) {
            Accessors.Verb all = field.isMapField() ? Accessors.Verb.MAP : Accessors.Verb.LIST;
            return accessors.bind(Accessors.RefGet.class, field, all);
        }
        Accessors.Verb verb = Accessors.Verb.GET;
        return switch (field.getJavaType()) {
            case INT, ENUM -> accessors.bind(Accessors.IntGet.class, field, verb)::get;
            case LONG -> accessors.bind(Accessors.LongGet.class, field, verb)::get;
            case FLOAT -> accessors.bind(Accessors.FloatGet.class, field, verb)::get;
            case DOUBLE -> accessors.bind(Accessors.DoubleGet.class, field, verb)::get;
            case BOOLEAN -> accessors.bind(Accessors.BoolGet.class, field, verb)::get;
            default -> accessors.bind(Accessors.RefGet.class, field, verb);
        };
    }

    private static Accessors.Has presence(
            Accessors accessors, FieldDescriptor field, Accessors.RefGet get) {
        if (field.isMapField()) {
            return accessors.bind(Accessors.Has.class, field, Accessors.Verb.FILLED);
        }
        if (field.isRepeated()) {
            Accessors.IntGet count =
                    accessors.bind(Accessors.IntGet.class, field, Accessors.Verb.COUNT);
            return message -> count.get(message) > 0;
        }
        if (field.hasPresence()) {
            return accessors.bind(Accessors.Has.class, field, Accessors.Verb.HAS);
        }
        Object none =
                field.getJavaType() == FieldDescriptor.JavaType.ENUM ? 0 : field.getDefaultValue();
        return message -> !none.equals(get.get(message));
    }
}
