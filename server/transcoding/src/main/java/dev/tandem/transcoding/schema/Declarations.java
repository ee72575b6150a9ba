package dev.tandem.transcoding.schema;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Comments and line numbers of declarations. Generated classes carry neither; the build packs a
 * descriptor set with imports and source info, found on the class path as {@code
 * META-INF/tandem/<proto package>.protoset}, or, with whatever packages, as {@code
 * META-INF/tandem/service.protoset}. What has none has those that its descriptor was made with.
 */
public final class Declarations {
    private static final String FOLDER = "META-INF/tandem/";

    /** Stands in place of a package's name where a build packs all of its files together. */
    private static final String ANY = "service";

    /** File name → path of the declaration in the file's descriptor → where and with what words. */
    private final Map<String, Map<List<Integer>, Location>> locations = new ConcurrentHashMap<>();

    private final Map<String, FileDescriptorProto> packed = new HashMap<>();
    private final List<FileDescriptor> files;

    private Declarations(List<FileDescriptor> files) {
        this.files = files;
    }

    /**
     * Those of the files and of all that they import, read by the class loader of the thread.
     *
     * @throws IllegalArgumentException where a packed descriptor set cannot be read
     */
    public static Declarations of(Collection<FileDescriptor> files) {
        return of(files, Thread.currentThread().getContextClassLoader());
    }

    /**
     * As {@link #of(Collection)}, read by another class loader.
     *
     * @throws IllegalArgumentException where a packed descriptor set cannot be read
     */
    public static Declarations of(Collection<FileDescriptor> files, ClassLoader packages) {
        Declarations all = new Declarations(withImports(files));
        all.files.stream()
                .map(FileDescriptor::getPackage)
                .distinct()
                .forEach(each -> all.readPacked(each, packages));
        all.readPacked(ANY, packages);
        return all;
    }

    /** Files and all that they import, imports first, as protoc writes them. */
    public static List<FileDescriptor> withImports(Collection<FileDescriptor> files) {
        Map<String, FileDescriptor> all = new LinkedHashMap<>();
        files.forEach(file -> collect(file, all));
        return List.copyOf(all.values());
    }

    private static void collect(FileDescriptor file, Map<String, FileDescriptor> into) {
        if (!into.containsKey(file.getFullName())) {
            file.getDependencies().forEach(imported -> collect(imported, into));
            into.put(file.getFullName(), file);
        }
    }

    private void readPacked(String protoPackage, ClassLoader packages) {
        String name = FOLDER + protoPackage + ".protoset";
        try {
            // several jars may hold files of one package
            packages.resources(name).forEach(each -> read(name, each));
        } catch (UncheckedIOException e) {
            throw new IllegalArgumentException(
                    name + " on the class path cannot be read; build it anew", e);
        }
    }

    private void read(String name, URL set) {
        try (InputStream in = set.openStream()) {
            FileDescriptorSet.parseFrom(in)
                    .getFileList()
                    .forEach(file -> packed.putIfAbsent(file.getName(), file));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /** The descriptors of all files, imports first; with comments where they are packed. */
    public FileDescriptorSet descriptorSet() {
        FileDescriptorSet.Builder set = FileDescriptorSet.newBuilder();
        for (FileDescriptor file : files) {
            FileDescriptorProto described = packed.get(file.getFullName());
            set.addFile(described == null ? file.toProto() : described);
        }
        return set.build();
    }

    /**
     * The comment above a declaration, or the one behind it on its line: Markdown, without the
     * comment marks. Empty where there is none.
     */
    public String comment(GenericDescriptor declaration) {
        Location location = location(declaration);
        if (location == null) {
            return "";
        }
        String text =
                location.hasLeadingComments()
                        ? location.getLeadingComments()
                        : location.getTrailingComments();
        return text.lines()
                .map(line -> line.startsWith(" ") ? line.substring(1) : line)
                .reduce((one, other) -> one + "\n" + other)
                .orElse("")
                .strip();
    }

    /**
     * Where a declaration stands: {@code acme/v1/people.proto:12}; the file alone where unknown.
     */
    public String place(GenericDescriptor declaration) {
        String file = declaration.getFile().getFullName();
        Location location = location(declaration);
        return location == null ? file : file + ":" + (location.getSpan(0) + 1);
    }

    private @Nullable Location location(GenericDescriptor declaration) {
        FileDescriptor file = declaration.getFile();
        return locations
                .computeIfAbsent(file.getFullName(), name -> indexed(file))
                .get(DeclarationPath.of(declaration));
    }

    private Map<List<Integer>, Location> indexed(FileDescriptor file) {
        Map<List<Integer>, Location> byPath = new HashMap<>();
        packed.getOrDefault(file.getFullName(), file.toProto())
                .getSourceCodeInfo()
                .getLocationList()
                .forEach(location -> byPath.putIfAbsent(location.getPathList(), location));
        return byPath;
    }
}
