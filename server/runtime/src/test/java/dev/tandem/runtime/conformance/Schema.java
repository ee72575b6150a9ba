package dev.tandem.runtime.conformance;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.DynamicMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The types of the suite, which are known when it runs only. */
final class Schema {
    private static final String PACKAGE = "connectrpc.conformance.v1.";

    private final Map<String, FileDescriptor> files = new HashMap<>();

    /** Of a descriptor set with all imports. */
    Schema(Path protoset) throws IOException, DescriptorValidationException {
        Map<String, FileDescriptorProto> unlinked = new HashMap<>();
        try (var in = Files.newInputStream(protoset)) {
            for (FileDescriptorProto file : FileDescriptorSet.parseFrom(in).getFileList()) {
                unlinked.put(file.getName(), file);
            }
        }
        for (String file : unlinked.keySet()) {
            link(file, unlinked);
        }
    }

    private FileDescriptor link(String name, Map<String, FileDescriptorProto> unlinked)
            throws DescriptorValidationException {
        FileDescriptor known = files.get(name);
        if (known != null) {
            return known;
        }
        FileDescriptorProto file =
                Objects.requireNonNull(unlinked.get(name), name + " is imported and not there");
        FileDescriptor[] imports = new FileDescriptor[file.getDependencyCount()];
        for (int i = 0; i < imports.length; i++) {
            imports[i] = link(file.getDependency(i), unlinked);
        }
        FileDescriptor linked = FileDescriptor.buildFrom(file, imports);
        files.put(name, linked);
        return linked;
    }

    /** The service that is called. */
    ServiceDescriptor service() {
        return files.values().stream()
                .flatMap(file -> file.getServices().stream())
                .filter(service -> service.getName().equals("ConformanceService"))
                .findFirst()
                .orElseThrow();
    }

    /** An empty message. */
    DynamicMessage.Builder message(String name) {
        return DynamicMessage.newBuilder(type(name));
    }

    /** A message type of the suite's package. */
    Descriptor type(String name) {
        return files.values().stream()
                .flatMap(file -> file.getMessageTypes().stream())
                .flatMap(type -> Stream.concat(Stream.of(type), type.getNestedTypes().stream()))
                .filter(type -> type.getFullName().equals(PACKAGE + name))
                .findFirst()
                .orElseThrow();
    }
}
