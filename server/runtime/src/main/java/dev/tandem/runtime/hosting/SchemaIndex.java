package dev.tandem.runtime.hosting;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds .proto files by what is in them: the given ones and all that they import. */
final class SchemaIndex {
    private final Map<String, FileDescriptor> files = new HashMap<>();
    private final Map<String, FileDescriptor> symbols = new HashMap<>();
    private final Map<String, SortedMap<Integer, FileDescriptor>> extensions = new HashMap<>();

    SchemaIndex(Collection<FileDescriptor> roots) {
        roots.forEach(this::add);
    }

    /** The file of this name, or null. */
    @Nullable FileWithImports file(String name) {
        return found(files.get(name));
    }

    /** The file that declares this message, enum, service, method or extension, or null. */
    @Nullable FileWithImports symbol(String fullName) {
        return found(symbols.get(fullName));
    }

    /** The file that declares this extension, or null. */
    @Nullable FileWithImports extension(String message, int number) {
        SortedMap<Integer, FileDescriptor> known = extensions.get(message);
        return known == null ? null : found(known.get(number));
    }

    /**
     * The numbers of all extensions of a message, in order; null where there is no such message.
     */
    @Nullable Set<Integer> extensionsOf(String message) {
        SortedMap<Integer, FileDescriptor> known = extensions.get(message);
        return known == null ? null : known.keySet();
    }

    private static @Nullable FileWithImports found(@Nullable FileDescriptor file) {
        return file == null ? null : FileWithImports.of(file);
    }

    private void add(FileDescriptor file) {
        if (files.putIfAbsent(file.getName(), file) != null) {
            return;
        }
        file.getDependencies().forEach(this::add);
        file.getMessageTypes().forEach(this::add);
        file.getEnumTypes().forEach(this::add);
        file.getExtensions().forEach(this::addExtension);
        file.getServices().forEach(this::add);
    }

    private void add(Descriptor message) {
        symbols.put(message.getFullName(), message.getFile());
        extensions.computeIfAbsent(message.getFullName(), _ -> new TreeMap<>());
        message.getNestedTypes().forEach(this::add);
        message.getEnumTypes().forEach(this::add);
        message.getExtensions().forEach(this::addExtension);
    }

    private void add(EnumDescriptor type) {
        symbols.put(type.getFullName(), type.getFile());
    }

    private void add(ServiceDescriptor service) {
        symbols.put(service.getFullName(), service.getFile());
        service.getMethods()
                .forEach(method -> symbols.put(method.getFullName(), service.getFile()));
    }

    private void addExtension(FieldDescriptor extension) {
        symbols.put(extension.getFullName(), extension.getFile());
        extensions
                .computeIfAbsent(extension.getContainingType().getFullName(), _ -> new TreeMap<>())
                .put(extension.getNumber(), extension.getFile());
    }
}
