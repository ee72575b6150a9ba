package dev.tandem.runtime.rules;

import build.buf.protovalidate.exceptions.CompilationException;
import build.buf.validate.FieldRules;
import build.buf.validate.Ignore;
import build.buf.validate.MessageRules;
import build.buf.validate.ValidateProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import dev.tandem.transcoding.json.Accessors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compiles the rules of message types; each type once. */
final class RuleCompiler {
    private final Map<Descriptor, TypeRules> types = new HashMap<>();
    private final Map<Descriptor, TypeRules> delegated = new LinkedHashMap<>();

    /**
     * The rules of a type and of all that it contains.
     *
     * @param prototype the default instance
     */
    TypeRules of(Message prototype) {
        TypeRules known = types.get(prototype.getDescriptorForType());
        if (known != null) {
            return known;
        }
        TypeRules rules = new TypeRules();
        types.put(prototype.getDescriptorForType(), rules);
        try {
            compile(prototype, rules);
        } catch (NotCoveredException e) {
            delegated.put(prototype.getDescriptorForType(), rules);
        }
        return rules;
    }

    /**
     * Hands over to protovalidate what was not compiled, once all types are known. It takes a
     * second to start in a cold process, so it is not asked where there is nothing for it.
     *
     * @throws CompilationException where a rule is wrong
     */
    void delegate() throws CompilationException {
        if (!delegated.isEmpty()) {
            Delegate delegate = new Delegate(delegated.keySet());
            delegated.values().forEach(rules -> rules.delegated(delegate));
        }
    }

    private void compile(Message prototype, TypeRules rules) throws NotCoveredException {
        Descriptor type = prototype.getDescriptorForType();
        MessageRules own = type.getOptions().getExtension(ValidateProto.message);
        if (!own.equals(MessageRules.getDefaultInstance())) {
            throw new NotCoveredException("message");
        }
        Accessors accessors = Accessors.of(prototype);
        List<OneofCheck> required = new ArrayList<>();
        for (OneofDescriptor oneof : type.getRealOneofs()) {
            if (oneof.getOptions().getExtension(ValidateProto.oneof).getRequired()) {
                required.add(new OneofCheck(oneof, accessors));
            }
        }
        List<FieldCheck> checks = new ArrayList<>();
        for (FieldDescriptor field : type.getFields()) {
            if (reachesRules(field)) {
                add(field, prototype, accessors, checks);
            }
        }
        rules.compiled(checks, required);
    }

    /** Has the field rules, or a message in it? */
    private static boolean reachesRules(FieldDescriptor field) {
        boolean message =
                field.isMapField()
                        ? isMessage(field.getMessageType().findFieldByNumber(2))
                        : isMessage(field);
        return field.getOptions().hasExtension(ValidateProto.field)
                || (message && RuleReach.of(field.getMessageType()));
    }

    private void add(
            FieldDescriptor field, Message owner, Accessors accessors, List<FieldCheck> checks)
            throws NotCoveredException {
        FieldRules rules = field.getOptions().getExtension(ValidateProto.field);
        if (rules.getIgnore() == Ignore.IGNORE_ALWAYS) {
            return;
        }
        boolean onlyWhenSet =
                field.hasPresence() || rules.getIgnore() == Ignore.IGNORE_IF_ZERO_VALUE;
        Optional<FieldCheck.Values> values = values(field, rules, owner);
        if (values.isPresent() || rules.getRequired()) {
            checks.add(
                    new FieldCheck(
                            field,
                            rules.getRequired(),
                            onlyWhenSet,
                            accessors,
                            values.orElse(FieldCheck.NOTHING)));
        }
    }

    private Optional<FieldCheck.Values> values(
            FieldDescriptor field, FieldRules rules, Message owner) throws NotCoveredException {
        if (field.isMapField()) {
            return map(field, rules, owner);
        }
        if (field.isRepeated()) {
            FieldRules items = inner(rules.getRepeated().getItems());
            Optional<FieldCheck.Values> elements =
                    isMessage(field) ? message(field, items, owner) : value(field, items);
            Rule[] own = ValueRules.of(field, rules);
            return elements.isPresent()
                    ? elements.map(each -> FieldCheck.list(own, each))
                    : rulesOf(own);
        }
        return isMessage(field) ? message(field, rules, owner) : value(field, rules);
    }

    private Optional<FieldCheck.Values> map(FieldDescriptor field, FieldRules rules, Message owner)
            throws NotCoveredException {
        FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
        FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
        FieldRules keyRules = inner(rules.getMap().getKeys());
        FieldRules valueRules = inner(rules.getMap().getValues());
        Message entry = inside(owner, field);
        Optional<FieldCheck.Values> values =
                isMessage(value) ? message(value, valueRules, entry) : value(value, valueRules);
        return Optional.of(
                FieldCheck.map(
                        ValueRules.of(field, rules),
                        keys(key, keyRules).orElse(FieldCheck.NOTHING),
                        values.orElse(FieldCheck.NOTHING)));
    }

    private static Optional<FieldCheck.Values> keys(FieldDescriptor key, FieldRules rules)
            throws NotCoveredException {
        Rule[] own = ValueRules.of(key, rules);
        for (int i = 0; i < own.length; i++) {
            String sentence = Words.ofKey(own[i].sentence());
            own[i] = new Rule(own[i].id(), String.valueOf(sentence), own[i].keeps());
        }
        return rulesOf(own);
    }

    private static Optional<FieldCheck.Values> rulesOf(Rule[] own) {
        return own.length == 0 ? Optional.empty() : Optional.of(FieldCheck.value(own));
    }

    /** Rules of elements, whose presence is no question. */
    private static FieldRules inner(FieldRules rules) throws NotCoveredException {
        if (rules.getRequired() || rules.getIgnore() != Ignore.IGNORE_UNSPECIFIED) {
            throw new NotCoveredException("ignore");
        }
        return rules;
    }

    private static Optional<FieldCheck.Values> value(FieldDescriptor field, FieldRules rules)
            throws NotCoveredException {
        Rule[] own =
                field.isRepeated()
                        ? ValueRules.ofElement(field, rules)
                        : ValueRules.of(field, rules);
        return rulesOf(own);
    }

    private Optional<FieldCheck.Values> message(
            FieldDescriptor field, FieldRules rules, Message owner) throws NotCoveredException {
        if (ValueRules.ofElement(field, rules).length > 0) {
            throw new NotCoveredException("wrapper");
        }
        return RuleReach.of(field.getMessageType())
                ? Optional.of(FieldCheck.message(of(inside(owner, field))))
                : Optional.empty();
    }

    private static Message inside(Message owner, FieldDescriptor field) {
        return owner.newBuilderForType().newBuilderForField(field).getDefaultInstanceForType();
    }

    private static boolean isMessage(FieldDescriptor field) {
        return field.getJavaType() == JavaType.MESSAGE;
    }
}
