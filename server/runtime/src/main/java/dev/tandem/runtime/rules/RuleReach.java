package dev.tandem.runtime.rules;

import build.buf.validate.ValidateProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which message types a message may contain, and whether any of them has rules. */
final class RuleReach {
    private RuleReach() {}

    /** Has the type rules, or one that may be in it? */
    static boolean of(Descriptor type) {
        return types(List.of(type)).stream().anyMatch(RuleReach::hasRules);
    }

    /** The types and all that may be in their messages. */
    static Set<Descriptor> types(Collection<Descriptor> roots) {
        Set<Descriptor> types = new LinkedHashSet<>();
        roots.forEach(root -> add(root, types));
        return types;
    }

    private static void add(Descriptor type, Set<Descriptor> types) {
        if (types.add(type)) {
            for (FieldDescriptor field : type.getFields()) {
                if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                    add(field.getMessageType(), types);
                }
            }
        }
    }

    private static boolean hasRules(Descriptor type) {
        return type.getOptions().hasExtension(ValidateProto.message)
                || type.getFields().stream()
                        .anyMatch(field -> field.getOptions().hasExtension(ValidateProto.field))
                || type.getOneofs().stream()
                        .anyMatch(oneof -> oneof.getOptions().hasExtension(ValidateProto.oneof));
    }
}
