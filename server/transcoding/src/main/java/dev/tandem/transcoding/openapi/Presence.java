package dev.tandem.transcoding.openapi;

import build.buf.validate.AnyRules;
import build.buf.validate.BoolRules;
import build.buf.validate.BytesRules;
import build.buf.validate.DurationRules;
import build.buf.validate.EnumRules;
import build.buf.validate.FieldMaskRules;
import build.buf.validate.MapRules;
import build.buf.validate.MessageOneofRule;
import build.buf.validate.MessageRules;
import build.buf.validate.RepeatedRules;
import build.buf.validate.StringRules;
import build.buf.validate.TimestampRules;
import build.buf.validate.ValidateProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import dev.tandem.transcoding.json.ObjectShape;
import dev.tandem.transcoding.json.ObjectShape.Absence;
import java.util.List;
import java.util.Set;

/** Which keys of an object must be there. */
final class Presence {
    private Presence() {}

    /** Must a client send it, for the rules would refuse its absence? */
    static boolean mustBeRead(FieldDescriptor field) {
        Rules rules = Rules.of(field);
        if (field.isRequired() || (rules.required() && !inMessageOneof(field))) {
            return true;
        }
        return !field.hasPresence()
                && !rules.zeroIsFine()
                && !inMessageOneof(field)
                && !allowsZero(rules);
    }

    /** Is it always written? */
    static boolean isWritten(ObjectShape.Property property) {
        FieldDescriptor field = property.field();
        return property.absence() != Absence.NOTHING
                || field.isRequired()
                || (field.hasPresence() && Rules.of(field).required());
    }

    /** Must a member of the oneof be set? */
    static boolean required(OneofDescriptor oneof) {
        return oneof.getOptions().getExtension(ValidateProto.oneof).getRequired();
    }

    static MessageRules rules(Descriptor type) {
        return type.getOptions().getExtension(ValidateProto.message);
    }

    /** Is a message with nothing set valid? */
    static boolean mayBeEmpty(Descriptor type) {
        return mayBeEmpty(type, Set.of());
    }

    /**
     * Is a message valid in which nothing is set?
     *
     * @param omitted the names of fields that are set elsewhere
     */
    static boolean mayBeEmpty(Descriptor type, Set<String> omitted) {
        return type.getFields().stream()
                        .noneMatch(field -> !omitted.contains(field.getName()) && mustBeRead(field))
                && type.getRealOneofs().stream().noneMatch(Presence::required)
                && rules(type).getOneofList().stream().noneMatch(MessageOneofRule::getRequired);
    }

    /** Rules about such fields are not asked while they are at their zero. */
    private static boolean inMessageOneof(FieldDescriptor field) {
        return rules(field.getContainingType()).getOneofList().stream()
                .anyMatch(rule -> rule.getFieldsList().contains(field.getName()));
    }

    private static boolean allowsZero(Rules rules) {
        Message typed = rules.typed().orElse(null);
        return switch (typed) {
            case null -> true;
            case StringRules strings -> new TextRules(strings).allowEmpty();
            case BytesRules bytes -> new ByteLengths(bytes).allowEmpty();
            case EnumRules enums -> Choices.isAllowed(enums, 0);
            case BoolRules bool -> !bool.getConst();
            case RepeatedRules list -> list.getMinItems() == 0;
            case MapRules map -> map.getMinPairs() == 0;
            case AnyRules _, DurationRules _, FieldMaskRules _, TimestampRules _ -> true;
            default -> new NumberRules(typed).allowZero();
        };
    }

    /** The names of fields that exclude each other by a rule of the message. */
    static List<MessageOneofRule> exclusions(Descriptor type) {
        return rules(type).getOneofList();
    }
}
