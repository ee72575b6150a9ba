package dev.tandem.transcoding.route;

import com.google.api.AnnotationsProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.StructProto;
import com.google.protobuf.TextFormat;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.WrappersProto;
import dev.tandem.options.v1.Options;

/** Files of protobuf definitions for tests, written as text. */
final class Proto {
    private static final FileDescriptor[] IMPORTS = {
        AnnotationsProto.getDescriptor(),
        Options.getDescriptor(),
        TimestampProto.getDescriptor(),
        DurationProto.getDescriptor(),
        FieldMaskProto.getDescriptor(),
        WrappersProto.getDescriptor(),
        StructProto.getDescriptor()
    };

    private Proto() {}

    /** A file of package {@code t} in proto3. */
    static FileDescriptor file(String text) {
        ExtensionRegistry registry = ExtensionRegistry.newInstance();
        AnnotationsProto.registerAllExtensions(registry);
        Options.registerAllExtensions(registry);
        FileDescriptorProto.Builder file =
                FileDescriptorProto.newBuilder()
                        .setName("t.proto")
                        .setPackage("t")
                        .setSyntax("proto3");
        for (FileDescriptor dependency : IMPORTS) {
            file.addDependency(dependency.getName());
        }
        try {
            TextFormat.merge(text, registry, file);
            return FileDescriptor.buildFrom(file.build(), IMPORTS);
        } catch (TextFormat.ParseException | DescriptorValidationException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * A file with one service {@code t.S}, the messages {@code Q} (name, stream, tags, inner, part,
     * page_size) and {@code R} (part).
     */
    static FileDescriptor service(String... methods) {
        return file(
                """
                message_type {
                  name: "Q"
                  field { name: "name" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL }
                  field { name: "stream" number: 2 type: TYPE_BOOL label: LABEL_OPTIONAL }
                  field { name: "tags" number: 3 type: TYPE_STRING label: LABEL_REPEATED }
                  field { name: "inner" number: 4 type: TYPE_MESSAGE type_name: ".t.Q" label: LABEL_OPTIONAL }
                  field { name: "part" number: 5 type: TYPE_MESSAGE type_name: ".t.R" label: LABEL_OPTIONAL }
                  field { name: "page_size" json_name: "pageSize" number: 6 type: TYPE_INT32 label: LABEL_OPTIONAL }
                }
                message_type {
                  name: "R"
                  field { name: "text" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL }
                  field { name: "part" number: 2 type: TYPE_MESSAGE type_name: ".t.R" label: LABEL_OPTIONAL }
                }
                service { name: "S" %s }
                """
                        .formatted(String.join("\n", methods)));
    }

    /** A unary method; options in text format. */
    static String unary(String name, String options) {
        return "method { name: \"%s\" input_type: \".t.Q\" output_type: \".t.R\" options { %s } }"
                .formatted(name, options);
    }

    /** A server-streaming method. */
    static String streaming(String name, String options) {
        return unary(name, options).replaceFirst("\\{ name", "{ server_streaming: true name");
    }

    /** A method with a stream of requests and one answer. */
    static String clientStreaming(String name, String options) {
        return unary(name, options).replaceFirst("\\{ name", "{ client_streaming: true name");
    }

    /** The option of a binding. */
    static String http(String rule) {
        return "[google.api.http] { " + rule + " }";
    }
}
