package dev.tandem.transcoding.json;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import dev.tandem.options.v1.Constant;
import dev.tandem.options.v1.FieldJson;
import dev.tandem.options.v1.JsonKind;
import dev.tandem.options.v1.MessageJson;
import dev.tandem.options.v1.Options;
import dev.tandem.options.v1.Shorthand;
import dev.tandem.transcoding.schema.Problems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Options that contradict each other or do not fit their place: found before the first message is
 * read.
 */
public final class OptionRules {
    private final BiConsumer<GenericDescriptor, String> problems;
    private final Set<Descriptor> checked;

    private OptionRules(BiConsumer<GenericDescriptor, String> problems, Set<Descriptor> checked) {
        this.problems = problems;
        this.checked = checked;
    }

    /** Checks message types and all that they contain; every problem is told. */
    public static void check(Collection<Descriptor> types, Problems problems) {
        OptionRules rules = new OptionRules(problems::add, new HashSet<>());
        types.forEach(rules::check);
    }

    /**
     * Checks a message type and all that it contains.
     *
     * @param checked the types that need no look; grows
     * @throws IllegalArgumentException with the full name of the field, oneof or message
     */
    static void check(Descriptor type, Set<Descriptor> checked) {
        if (checked.contains(type)) {
            return;
        }
        List<String> found = new ArrayList<>();
        Set<Descriptor> seen = new HashSet<>(checked);
        new OptionRules((where, what) -> found.add(where.getFullName() + ": " + what), seen)
                .check(type);
        if (!found.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", found));
        }
        checked.addAll(seen);
    }

    private void check(Descriptor type) {
        if (checked.add(type)) {
            checkOne(type);
            for (FieldDescriptor field : type.getFields()) {
                if (field.getJavaType() == JavaType.MESSAGE) {
                    check(field.getMessageType());
                }
            }
        }
    }

    private void checkOne(Descriptor type) {
        Set<String> keys = new HashSet<>();
        FieldDescriptor extra = null;
        for (FieldDescriptor field : type.getFields()) {
            FieldJson json = field.getOptions().getExtension(Options.field);
            check(field, json);
            if (json.getExtra()) {
                require(extra == null, field, "extra: the message has such a field already");
                extra = field;
            } else {
                keys.add(field.getName());
            }
            if (field.getJavaType() == JavaType.ENUM) {
                EnumNames.check(field.getEnumType(), problems);
            }
        }
        checkMessage(type, keys);
        for (OneofDescriptor oneof : type.getRealOneofs()) {
            checkOneof(oneof, keys);
        }
    }

    private void check(FieldDescriptor field, FieldJson json) {
        boolean list = field.isRepeated() && !field.isMapField();
        require(
                !json.getOmitEmpty() || field.isRepeated(),
                field,
                "omit_empty is for lists and maps");
        require(
                !json.getNullWhenAbsent() || field.hasPresence() || list,
                field,
                "null_when_absent needs a field with presence (optional) or a list");
        require(
                !json.getNullWhenAbsent() || field.getRealContainingOneof() == null,
                field,
                "null_when_absent does not fit a member of a oneof");
        require(!json.getSingle() || list, field, "single is for lists");
        require(!json.getSingle() || !json.getJson(), field, "single and json do not go together");
        require(
                !json.getJson() || field.getType() == FieldDescriptor.Type.STRING,
                field,
                "json is for strings");
        require(!json.getExtra() || isTextMap(field), field, "extra needs a map<string, string>");
        require(
                !json.getExtra() || !json.getOmitEmpty(),
                field,
                "extra and omit_empty do not go together: the field itself is never written");
    }

    private static boolean isTextMap(FieldDescriptor field) {
        return field.isMapField()
                && field.getMessageType().findFieldByNumber(1).getType()
                        == FieldDescriptor.Type.STRING
                && field.getMessageType().findFieldByNumber(2).getType()
                        == FieldDescriptor.Type.STRING;
    }

    private void checkMessage(Descriptor type, Set<String> keys) {
        MessageJson json = type.getOptions().getExtension(Options.message);
        for (Constant constant : json.getConstantList()) {
            require(!constant.getName().isEmpty(), type, "a constant needs a name");
            require(
                    keys.add(constant.getName()),
                    type,
                    "the constant " + constant.getName() + " has the name of another key");
        }
        Set<JsonKind> kinds = EnumSet.noneOf(JsonKind.class);
        for (Shorthand shorthand : json.getShorthandList()) {
            require(
                    kinds.add(shorthand.getKind()),
                    type,
                    "two shorthands for " + shorthand.getKind());
            FieldDescriptor field = type.findFieldByName(shorthand.getField());
            require(
                    field != null,
                    type,
                    "the shorthand names a field that is not there: \""
                            + shorthand.getField()
                            + '"');
            if (field != null) {
                require(
                        fits(shorthand, field),
                        field,
                        "a shorthand for " + shorthand.getKind() + " does not fit this field");
            }
        }
    }

    /** Whether the field can be read from such a value, and is written as one. */
    private static boolean fits(Shorthand shorthand, FieldDescriptor field) {
        FieldJson json = field.getOptions().getExtension(Options.field);
        if (field.isMapField() || json.getJson() || json.getSingle()) {
            return false;
        }
        JavaType type = field.getJavaType();
        boolean message = type == JavaType.MESSAGE;
        boolean text =
                type == JavaType.STRING || type == JavaType.BYTE_STRING || type == JavaType.ENUM;
        boolean number =
                type == JavaType.INT
                        || type == JavaType.LONG
                        || type == JavaType.FLOAT
                        || type == JavaType.DOUBLE;
        return switch (shorthand.getKind()) {
            case JSON_KIND_STRING -> !field.isRepeated() && (text || message);
            case JSON_KIND_NUMBER -> !field.isRepeated() && (number || message);
            case JSON_KIND_BOOL -> !field.isRepeated() && (type == JavaType.BOOLEAN || message);
            case JSON_KIND_STRINGS -> field.isRepeated() ? text || message : message;
            case JSON_KIND_NUMBERS -> field.isRepeated() ? number || message : message;
            case JSON_KIND_ARRAY -> message;
            default -> false;
        };
    }

    private void checkOneof(OneofDescriptor oneof, Set<String> keys) {
        var json = oneof.getOptions().getExtension(Options.oneof);
        require(!json.getFlat(), oneof, "flat is reserved and not served yet");
        require(
                json.getDiscriminator().isEmpty() || keys.add(json.getDiscriminator()),
                oneof,
                "the discriminator \""
                        + json.getDiscriminator()
                        + "\" has the name of another key");
    }

    private void require(boolean holds, GenericDescriptor where, String what) {
        if (!holds) {
            problems.accept(where, what);
        }
    }
}
