package dev.tandem.runtime.rules;

import build.buf.validate.ValidateProto;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import java.util.HashMap;
import java.util.Map;

/** Copies of .proto files in which one declaration alone has its rules. */
final class LoneRules {
    private final String kept;
    private final Map<String, FileDescriptor> files = new HashMap<>();

    /**
     * @param kept the message, oneof or field that keeps its rules
     */
    LoneRules(GenericDescriptor kept) {
        this.kept = kept.getFullName();
    }

    /** The type in its copied file. */
    Descriptor in(Descriptor type) {
        Descriptor outer = type.getContainingType();
        return outer == null
                ? file(type.getFile()).findMessageTypeByName(type.getName())
                : in(outer).findNestedTypeByName(type.getName());
    }

    private FileDescriptor file(FileDescriptor original) {
        if (original.getPackage().equals("google.protobuf")
                || original.getPackage().equals("buf.validate")) {
            return original; // options refer to these classes
        }
        FileDescriptor known = files.get(original.getFullName());
        return known == null ? copy(original) : known;
    }

    private FileDescriptor copy(FileDescriptor original) {
        FileDescriptorProto.Builder proto = original.toProto().toBuilder();
        for (int i = 0; i < original.getMessageTypes().size(); i++) {
            strip(original.getMessageTypes().get(i), proto.getMessageTypeBuilder(i));
        }
        FileDescriptor[] imports =
                original.getDependencies().stream().map(this::file).toArray(FileDescriptor[]::new);
        try {
            FileDescriptor copy = FileDescriptor.buildFrom(proto.build(), imports, true);
            files.put(original.getFullName(), copy);
            return copy;
        } catch (DescriptorValidationException e) {
            throw new IllegalStateException("no copy can be made of " + original.getFullName(), e);
        }
    }

    private void strip(Descriptor type, DescriptorProto.Builder proto) {
        if (!type.getFullName().equals(kept) && proto.hasOptions()) {
            proto.getOptionsBuilder().clearExtension(ValidateProto.message);
        }
        for (FieldDescriptor field : type.getFields()) {
            if (!field.getFullName().equals(kept)) {
                var stripped = proto.getFieldBuilder(field.getIndex());
                if (stripped.hasOptions()) {
                    stripped.getOptionsBuilder().clearExtension(ValidateProto.field);
                }
            }
        }
        for (OneofDescriptor oneof : type.getOneofs()) {
            if (!oneof.getFullName().equals(kept)) {
                var stripped = proto.getOneofDeclBuilder(oneof.getIndex());
                if (stripped.hasOptions()) {
                    stripped.getOptionsBuilder().clearExtension(ValidateProto.oneof);
                }
            }
        }
        for (int i = 0; i < type.getNestedTypes().size(); i++) {
            strip(type.getNestedTypes().get(i), proto.getNestedTypeBuilder(i));
        }
    }
}
