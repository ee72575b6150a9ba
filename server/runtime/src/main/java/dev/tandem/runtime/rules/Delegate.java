package dev.tandem.runtime.rules;

import build.buf.protovalidate.Config;
import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.Violation;
import build.buf.protovalidate.exceptions.CompilationException;
import build.buf.protovalidate.exceptions.ValidationException;
import build.buf.validate.FieldPathElement;
import build.buf.validate.FieldRules;
import build.buf.validate.ValidateProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import dev.tandem.runtime.call.ApiError;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets protovalidate check a message with all that it contains, and tells what it finds in our
 * words. It makes an object of each broken rule, so in a large message it may look for one only.
 */
final class Delegate {
    /** From how many bytes on only the first broken rule is looked for. */
    private static final int LARGE = 64 << 10;

    private final Validator all;
    private final Validator first;

    /**
     * @param types those whose rules are checked here
     * @throws CompilationException where a rule is wrong
     */
    Delegate(Collection<Descriptor> types) throws CompilationException {
        all = validator(types, false);
        first = validator(types, true);
    }

    private static Validator validator(Collection<Descriptor> types, boolean failFast)
            throws CompilationException {
        // native rules are the default today; an upgrade shall not change that unseen
        Config config =
                Config.newBuilder().setEnableNativeRules(true).setFailFast(failFast).build();
        return ValidatorFactory.newBuilder()
                .withConfig(config)
                .buildWithDescriptors(List.copyOf(types), false);
    }

    void check(Message message, Findings out) {
        Validator validator = message.getSerializedSize() > LARGE ? first : all;
        List<Violation> violations;
        try {
            violations = validator.validate(message).getViolations();
        } catch (ArithmeticException e) {
            // protovalidate 1.3.0 adds seconds and nanos of any size
            out.add("range", "Must not hold a time or duration beyond ten thousand years.");
            return;
        } catch (ValidationException e) {
            throw new IllegalStateException(
                    "a rule of "
                            + message.getDescriptorForType().getFullName()
                            + " failed to run; the rule is at fault",
                    e);
        }
        for (Violation violation : violations) {
            int depth = out.depth();
            add(message, violation.toProto(), out);
            out.leaveTo(depth);
        }
    }

    private static void add(Message message, build.buf.validate.Violation violation, Findings out) {
        Message owner = message;
        FieldDescriptor field = null;
        for (FieldPathElement element : violation.getField().getElementsList()) {
            OneofDescriptor oneof = oneof(owner, element.getFieldName());
            if (oneof != null) {
                out.add(violation.getRuleId(), OneofCheck.wanted(oneof));
                return;
            }
            field = owner.getDescriptorForType().findFieldByNumber(element.getFieldNumber());
            owner = enter(owner, field, element, out);
        }
        out.add(violation.getRuleId(), sentence(field, violation));
    }

    private static @Nullable OneofDescriptor oneof(Message owner, String name) {
        return owner.getDescriptorForType().getOneofs().stream()
                .filter(oneof -> oneof.getName().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static Message enter(
            Message owner, FieldDescriptor field, FieldPathElement element, Findings out) {
        out.enter(owner, field);
        Object value = owner.getField(field);
        switch (element.getSubscriptCase()) {
            case INDEX -> {
                int index = (int) element.getIndex();
                out.index(index);
                value = ((List<?>) value).get(index);
            }
            case SUBSCRIPT_NOT_SET -> {}
            default -> {
                Object key = key(element);
                out.key(keyInField(field, key));
                value = valueOf((List<?>) value, key);
            }
        }
        return value instanceof Message inside ? inside : owner;
    }

    private static Object keyInField(FieldDescriptor map, Object key) {
        boolean narrow =
                map.getMessageType().findFieldByNumber(1).getJavaType()
                        == FieldDescriptor.JavaType.INT;
        return narrow ? (Object) ((Long) key).intValue() : key;
    }

    private static Object key(FieldPathElement element) {
        return switch (element.getSubscriptCase()) {
            case BOOL_KEY -> element.getBoolKey();
            case INT_KEY -> element.getIntKey();
            case UINT_KEY -> element.getUintKey();
            default -> element.getStringKey();
        };
    }

    private static Object valueOf(List<?> entries, Object key) {
        for (Object entry : entries) {
            Message pair = (Message) entry;
            Object found = pair.getField(pair.getDescriptorForType().findFieldByNumber(1));
            if (isSame(found, key)) {
                return pair.getField(pair.getDescriptorForType().findFieldByNumber(2));
            }
        }
        throw new IllegalStateException("protovalidate names a key that is not there: " + key);
    }

    /** Keys of 32 bits are given in 64; unsigned ones are negative in Java. */
    private static boolean isSame(Object found, Object key) {
        if (found instanceof Integer number && key instanceof Long other) {
            return number.intValue() == other.intValue();
        }
        return found.equals(key);
    }

    private static String sentence(
            @Nullable FieldDescriptor field, build.buf.validate.Violation violation) {
        String own = field == null ? null : words(field, violation);
        return own == null
                ? ApiError.Violation.saying("", "", violation.getMessage()).message()
                : own;
    }

    private static @Nullable String words(
            FieldDescriptor field, build.buf.validate.Violation violation) {
        FieldRules rules = field.getOptions().getExtension(ValidateProto.field);
        List<FieldPathElement> rule = violation.getRule().getElementsList();
        String part = rule.size() > 1 ? rule.get(1).getFieldName() : "";
        return switch (part) {
            case "items" -> Words.of(violation.getRuleId(), field, rules.getRepeated().getItems());
            case "values" ->
                    Words.of(
                            violation.getRuleId(),
                            field.getMessageType().findFieldByNumber(2),
                            rules.getMap().getValues());
            case "keys" ->
                    Words.ofKey(
                            Words.of(
                                    violation.getRuleId(),
                                    field.getMessageType().findFieldByNumber(1),
                                    rules.getMap().getKeys()));
            default -> Words.of(violation.getRuleId(), field, rules);
        };
    }
}
