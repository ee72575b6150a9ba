package dev.tandem.runtime.wire.docs;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The .proto files of services and of all that they import, as far as they are packed as resources
 * under their own names, and the descriptors of all of them.
 */
final class ProtoFiles {
    private final ClassLoader packages;
    private final List<String> services;
    private final SequencedMap<String, FileDescriptor> files;
    private final SortedMap<String, URL> texts;

    private ProtoFiles(
            ClassLoader packages,
            List<String> services,
            SequencedMap<String, FileDescriptor> files,
            SortedMap<String, URL> texts) {
        this.packages = packages;
        this.services = services;
        this.files = files;
        this.texts = texts;
    }

    /**
     * The files of services.
     *
     * @param packages where they are looked for as resources
     */
    static ProtoFiles of(Collection<ServiceDescriptor> services, ClassLoader packages) {
        SequencedMap<String, FileDescriptor> files = new LinkedHashMap<>();
        services.forEach(service -> collect(service.getFile(), files));
        SortedMap<String, URL> texts = new TreeMap<>();
        for (String name : files.keySet()) {
            URL text = packages.getResource(name);
            if (text != null) {
                texts.put(name, text);
            }
        }
        List<String> names =
                services.stream().map(ServiceDescriptor::getFullName).sorted().toList();
        return new ProtoFiles(packages, names, files, texts);
    }

    /** Imports first, as protoc writes them and its readers expect them. */
    private static void collect(FileDescriptor file, Map<String, FileDescriptor> into) {
        if (!into.containsKey(file.getName())) {
            file.getDependencies().forEach(imported -> collect(imported, into));
            into.put(file.getName(), file);
        }
    }

    /** The full names of the services, sorted. */
    List<String> services() {
        return services;
    }

    /** The names of the files whose text is there, sorted. */
    List<String> names() {
        return List.copyOf(texts.keySet());
    }

    /** The text of one of {@link #names}. */
    byte[] text(String name) {
        try (InputStream in = Objects.requireNonNull(texts.get(name), name).openStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A serialised FileDescriptorSet of all files, with comments where a descriptor set that was
     * packed with the services has them.
     */
    byte[] descriptorSet() {
        Map<String, FileDescriptorProto> packed = new HashMap<>();
        files.values().stream()
                .map(FileDescriptor::getPackage)
                .distinct()
                .forEach(name -> addPacked(name, packed));
        FileDescriptorSet.Builder set = FileDescriptorSet.newBuilder();
        files.forEach((name, file) -> {
            FileDescriptorProto described = packed.get(name);
            set.addFile(described == null ? file.toProto() : described);
        });
        return set.build().toByteArray();
    }

    /** Several jars may hold files of one package. */
    private void addPacked(String protoPackage, Map<String, FileDescriptorProto> into) {
        packages.resources("META-INF/tandem/" + protoPackage + ".protoset")
                .flatMap(packed -> read(packed).getFileList().stream())
                .forEach(file -> into.putIfAbsent(file.getName(), file));
    }

    private static FileDescriptorSet read(URL packed) {
        try (InputStream in = packed.openStream()) {
            return FileDescriptorSet.parseFrom(in);
        } catch (IOException e) {
            throw new UncheckedIOException(packed + " cannot be read; build it anew", e);
        }
    }
}
