package dev.tandem.transcoding.schema;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The path of a declaration as {@code google.protobuf.SourceCodeInfo} counts it: field numbers of
 * descriptor.proto and indexes, from the file down.
 */
final class DeclarationPath {
    private DeclarationPath() {}

    static List<Integer> of(GenericDescriptor declaration) {
        List<Integer> path = new ArrayList<>();
        append(declaration, path);
        return path;
    }

    private static void append(GenericDescriptor declaration, List<Integer> path) {
        switch (declaration) {
            case Descriptor message ->
                    append(
                            message.getContainingType(),
                            FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER,
                            DescriptorProto.NESTED_TYPE_FIELD_NUMBER,
                            message.getIndex(),
                            path);
            case EnumDescriptor type ->
                    append(
                            type.getContainingType(),
                            FileDescriptorProto.ENUM_TYPE_FIELD_NUMBER,
                            DescriptorProto.ENUM_TYPE_FIELD_NUMBER,
                            type.getIndex(),
                            path);
            case FieldDescriptor extension when extension.isExtension() ->
                    append(
                            extension.getExtensionScope(),
                            FileDescriptorProto.EXTENSION_FIELD_NUMBER,
                            DescriptorProto.EXTENSION_FIELD_NUMBER,
                            extension.getIndex(),
                            path);
            case FieldDescriptor field -> {
                append(field.getContainingType(), path);
                step(DescriptorProto.FIELD_FIELD_NUMBER, field.getIndex(), path);
            }
            case OneofDescriptor oneof -> {
                append(oneof.getContainingType(), path);
                step(DescriptorProto.ONEOF_DECL_FIELD_NUMBER, oneof.getIndex(), path);
            }
            case EnumValueDescriptor value -> {
                append(value.getType(), path);
                step(EnumDescriptorProto.VALUE_FIELD_NUMBER, value.getIndex(), path);
            }
            case ServiceDescriptor service ->
                    step(FileDescriptorProto.SERVICE_FIELD_NUMBER, service.getIndex(), path);
            case MethodDescriptor method -> {
                append(method.getService(), path);
                step(ServiceDescriptorProto.METHOD_FIELD_NUMBER, method.getIndex(), path);
            }
            default -> {} // the file itself
        }
    }

    private static void append(
            @Nullable Descriptor outer, int inFile, int inMessage, int index, List<Integer> path) {
        if (outer == null) {
            step(inFile, index, path);
        } else {
            append(outer, path);
            step(inMessage, index, path);
        }
    }

    private static void step(int field, int index, List<Integer> path) {
        path.add(field);
        path.add(index);
    }
}
