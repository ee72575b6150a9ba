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
import org.jspecify.annotations.Nullable;

/**
 * Comments and line numbers of declarations. Generated classes carry neither; the build packs a
 * descriptor set with imports and source info for each proto package, found on the class path as
 * {@code META-INF/tandem/<proto package>.protoset}. What has none is without comments and lines.
 */
public final class Declarations {
    private static final String FOLDER = "META-INF/tandem/";

    /** File name → path of the declaration in the file's descriptor → where and with what words. */
    private final Map<String, Map<List<Integer>, Location>> locations = new HashMap<>();

    private final Map<String, FileDescriptor> files = new LinkedHashMap<>();

    private Declarations() {}

    /**
     * Those of the files and of all that they import, read by the class loader of the thread.
     *
     * @throws IllegalArgumentException where a packed descriptor set cannot be read
     */
    public static Declarations of(Collection<FileDescriptor> files) {
        Declarations all = new Declarations();
        files.forEach(all::add);
        all.files.values().stream()
                .map(FileDescriptor::getPackage)
                .distinct()
                .forEach(all::readPacked);
        return all;
    }

    private void add(FileDescriptor file) {
        if (!files.containsKey(file.getFullName())) {
            file.getDependencies().forEach(this::add);
            files.put(file.getFullName(), file);
        }
    }

    private void readPacked(String protoPackage) {
        String name = FOLDER + protoPackage + ".protoset";
        try {
            // several jars may hold files of one package
            Thread.currentThread()
                    .getContextClassLoader()
                    .resources(name)
                    .forEach(packed -> read(name, packed));
        } catch (UncheckedIOException e) {
            throw new IllegalArgumentException(
                    name + " on the class path cannot be read; build it anew", e);
        }
    }

    private void read(String name, URL packed) {
        try (InputStream in = packed.openStream()) {
            FileDescriptorSet.parseFrom(in).getFileList().forEach(this::index);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    private void index(FileDescriptorProto file) {
        if (files.containsKey(file.getName()) && !locations.containsKey(file.getName())) {
            Map<List<Integer>, Location> byPath = new HashMap<>();
            file.getSourceCodeInfo()
                    .getLocationList()
                    .forEach(location -> byPath.putIfAbsent(location.getPathList(), location));
            locations.put(file.getName(), byPath);
        }
    }

    /** The files and all that they import, imports first. */
    public List<FileDescriptor> files() {
        return List.copyOf(files.values());
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
        Map<List<Integer>, Location> byPath = locations.get(declaration.getFile().getFullName());
        return byPath == null ? null : byPath.get(DeclarationPath.of(declaration));
    }
}
