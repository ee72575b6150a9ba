package dev.tandem.gateway.extract.message;

import build.buf.validate.ValidateProto;
import com.google.protobuf.AnyProto;
import com.google.protobuf.DescriptorProtos;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.EmptyProto;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.StructProto;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.WrappersProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * .proto files as a {@code google.protobuf.FileDescriptorSet}, the output of {@code protoc
 * --descriptor_set_out --include_imports} and of {@code buf build}.
 */
public final class DescriptorSet {
    /** What the program reads by classes of its own, whichever version a set has. */
    private static final Map<String, FileDescriptor> OWN =
            Stream.of(
                            DescriptorProtos.getDescriptor(),
                            AnyProto.getDescriptor(),
                            DurationProto.getDescriptor(),
                            EmptyProto.getDescriptor(),
                            FieldMaskProto.getDescriptor(),
                            StructProto.getDescriptor(),
                            TimestampProto.getDescriptor(),
                            WrappersProto.getDescriptor(),
                            ValidateProto.getDescriptor())
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    FileDescriptor::getFullName, file -> file));

    private final Path place;
    private final Map<String, FileDescriptorProto> written = new LinkedHashMap<>();
    private final Map<String, FileDescriptor> linked = new LinkedHashMap<>(OWN);
    private final Set<String> open = new HashSet<>();

    private DescriptorSet(Path place, FileDescriptorSet set) {
        this.place = place;
        set.getFileList().forEach(file -> written.put(file.getName(), file));
    }

    /**
     * The .proto files of a set.
     *
     * @throws IllegalArgumentException with a sentence where it is none, or lacks what it imports
     */
    public static List<FileDescriptor> read(Path file) {
        ExtensionRegistry rules = ExtensionRegistry.newInstance();
        ValidateProto.registerAllExtensions(rules);
        FileDescriptorSet set;
        try {
            set = FileDescriptorSet.parseFrom(Files.readAllBytes(file), rules);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(
                    file
                            + " is not a descriptor set of protobuf (google.protobuf.FileDescriptorSet).",
                    e);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(file + ": there is no such file.", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read.", e);
        }
        try {
            return new DescriptorSet(file, set).files();
        } catch (DescriptorValidationException e) {
            throw new IllegalArgumentException(
                    "%s does not hold together: %s.".formatted(file, e.getMessage()), e);
        }
    }

    private List<FileDescriptor> files() throws DescriptorValidationException {
        List<FileDescriptor> files = new ArrayList<>();
        for (String name : written.keySet()) {
            files.add(link(name, name));
        }
        return files;
    }

    private FileDescriptor link(String name, String importer) throws DescriptorValidationException {
        FileDescriptor known = linked.get(name);
        if (known != null) {
            return known;
        }
        FileDescriptorProto file = written.get(name);
        if (file == null || !open.add(name)) { // a file that imports itself is never complete
            throw new IllegalArgumentException(
                    "%s lacks %s, which %s imports; write it with --include_imports."
                            .formatted(place, name, importer));
        }
        List<FileDescriptor> imports = new ArrayList<>();
        for (String imported : file.getDependencyList()) {
            imports.add(link(imported, name));
        }
        FileDescriptor complete =
                FileDescriptor.buildFrom(file, imports.toArray(FileDescriptor[]::new));
        linked.put(name, complete);
        return complete;
    }
}
