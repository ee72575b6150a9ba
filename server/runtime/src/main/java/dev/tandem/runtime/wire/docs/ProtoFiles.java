package dev.tandem.runtime.wire.docs;

import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.rpc.ErrorDetailsProto;
import dev.tandem.transcoding.schema.Declarations;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The .proto files of services, of all that they import and of the details that errors carry, as
 * far as they are packed as resources under their own names, and the descriptors of all of them.
 */
final class ProtoFiles {
    private final ClassLoader packages;
    private final List<String> services;
    private final List<FileDescriptor> files;
    private final SortedMap<String, URL> texts;

    private ProtoFiles(
            ClassLoader packages,
            List<String> services,
            List<FileDescriptor> files,
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
        List<FileDescriptor> files =
                Declarations.withImports(
                        Stream.concat(
                                        services.stream().map(ServiceDescriptor::getFile),
                                        Stream.of(ErrorDetailsProto.getDescriptor()))
                                .toList());
        SortedMap<String, URL> texts = new TreeMap<>();
        for (FileDescriptor file : files) {
            URL text = packages.getResource(file.getName());
            if (text != null) {
                texts.put(file.getName(), text);
            }
        }
        List<String> names =
                services.stream().map(ServiceDescriptor::getFullName).sorted().toList();
        return new ProtoFiles(packages, names, files, texts);
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
        return Declarations.of(files, packages).descriptorSet().toByteArray();
    }
}
