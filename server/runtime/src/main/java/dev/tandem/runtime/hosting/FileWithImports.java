package dev.tandem.runtime.hosting;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A .proto file and all that it imports.
 *
 * @param encoded each as a serialised FileDescriptorProto, the file itself first
 */
record FileWithImports(List<ByteString> encoded) {
    static FileWithImports of(FileDescriptor file) {
        Set<FileDescriptor> all = new LinkedHashSet<>();
        collect(file, all);
        List<ByteString> encoded = new ArrayList<>();
        all.forEach(one -> encoded.add(one.toProto().toByteString()));
        return new FileWithImports(List.copyOf(encoded));
    }

    private static void collect(FileDescriptor file, Set<FileDescriptor> all) {
        if (all.add(file)) {
            file.getDependencies().forEach(imported -> collect(imported, all));
        }
    }
}
