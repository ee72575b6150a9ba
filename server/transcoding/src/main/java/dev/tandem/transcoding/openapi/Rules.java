package dev.tandem.transcoding.openapi;

import build.buf.validate.FieldRules;
import build.buf.validate.Ignore;
import build.buf.validate.Rule;
import build.buf.validate.ValidateProto;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The {@code buf.validate} rules of one value.
 *
 * @param all as they are declared
 */
record Rules(FieldRules all) {
    static final Rules NONE = new Rules(FieldRules.getDefaultInstance());

    static Rules of(FieldDescriptor field) {
        FieldRules declared = field.getOptions().getExtension(ValidateProto.field);
        return declared.getIgnore() == Ignore.IGNORE_ALWAYS ? NONE : new Rules(declared);
    }

    boolean required() {
        return all.getRequired();
    }

    /** Are other rules not asked where the value is the type's zero? */
    boolean zeroIsFine() {
        return all.getIgnore() == Ignore.IGNORE_IF_ZERO_VALUE;
    }

    /** The same for an enum whose zero is refused. */
    Rules withoutZero() {
        FieldRules.Builder rules = all.toBuilder();
        rules.getEnumBuilder().addNotIn(0);
        return new Rules(rules.build());
    }

    boolean isEmpty() {
        return all.equals(FieldRules.getDefaultInstance());
    }

    /** Those of the value's type. */
    Optional<Message> typed() {
        FieldDescriptor field =
                all.getOneofFieldDescriptor(FieldRules.getDescriptor().getOneofs().getFirst());
        return field == null ? Optional.empty() : Optional.of((Message) all.getField(field));
    }

    Rules items() {
        return new Rules(all.getRepeated().getItems());
    }

    Rules keys() {
        return new Rules(all.getMap().getKeys());
    }

    Rules values() {
        return new Rules(all.getMap().getValues());
    }

    /** What the rules in CEL say of themselves. */
    List<String> words() {
        return words(all.getCelList());
    }

    static List<String> words(List<Rule> cel) {
        List<String> words = new ArrayList<>();
        cel.forEach(rule -> {
            if (!rule.getMessage().isEmpty()) {
                words.add(sentence(rule.getMessage()));
            }
        });
        return words;
    }

    private static String sentence(String text) {
        String begun = Character.toUpperCase(text.charAt(0)) + text.substring(1);
        return begun.endsWith(".") ? begun : begun + ".";
    }
}
