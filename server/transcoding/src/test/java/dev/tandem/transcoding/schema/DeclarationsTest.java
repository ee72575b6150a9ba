package dev.tandem.transcoding.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.Struct;
import dev.tandem.test.v1.Colour;
import dev.tandem.test.v1.Kinds;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeclarationsTest {
    private static final Path FILES = Path.of("src", "test", "protobuf");

    private final Declarations declarations =
            Declarations.of(List.of(Kinds.getDescriptor().getFile()));

    @Test
    void everyDeclarationStandsWhereItsNameIs() throws Exception {
        List<GenericDescriptor> all = new ArrayList<>();
        for (Descriptor message : Kinds.getDescriptor().getFile().getMessageTypes()) {
            collect(message, all);
        }
        all.addAll(Colour.getDescriptor().getValues());
        all.addAll(Kinds.getDescriptor().getFile().getServices());

        assertThat(all).hasSizeGreaterThan(40);
        for (GenericDescriptor each : all) {
            String[] place = declarations.place(each).split(":", 2);
            List<String> lines = Files.readAllLines(FILES.resolve(place[0]));
            assertThat(lines.get(Integer.parseInt(place[1]) - 1)).contains(each.getName());
        }
    }

    private static void collect(Descriptor message, List<GenericDescriptor> all) {
        if (message.getOptions().getMapEntry()) {
            return; // stands in no file
        }
        all.add(message);
        all.addAll(message.getFields());
        all.addAll(message.getRealOneofs());
        all.addAll(message.getEnumTypes());
        message.getNestedTypes().forEach(nested -> collect(nested, all));
    }

    @Test
    void commentsOfImportedFilesAreThereToo() {
        assertThat(declarations.comment(Struct.getDescriptor())).contains("JSON object");
    }

    @Test
    void oneSetForWhateverPackagesServesToo(@TempDir Path folder) throws Exception {
        FileDescriptor file = Kinds.getDescriptor().getFile();
        Path set = folder.resolve("META-INF/tandem/service.protoset");
        Files.createDirectories(set.getParent());
        Files.write(set, declarations.descriptorSet().toByteArray());

        try (URLClassLoader packages =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
            Declarations one = Declarations.of(List.of(file), packages);

            assertThat(one.place(Kinds.getDescriptor()))
                    .contains(":")
                    .isEqualTo(declarations.place(Kinds.getDescriptor()));
            assertThat(one.comment(Struct.getDescriptor())).contains("JSON object");
        }
    }

    @Test
    void aSetThatIsNoneIsToldByItsName(@TempDir Path folder) throws Exception {
        Path set = folder.resolve("META-INF/tandem/service.protoset");
        Files.createDirectories(set.getParent());
        Files.writeString(set, "no descriptors");

        try (URLClassLoader packages =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
            List<FileDescriptor> files = List.of(Kinds.getDescriptor().getFile());

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Declarations.of(files, packages))
                    .withMessageContaining("META-INF/tandem/service.protoset");
        }
    }

    @Test
    void whatHasNoPackedSetHasItsFilesName() {
        Declarations none =
                Declarations.of(List.of(com.google.rpc.Status.getDescriptor().getFile()));

        assertThat(none.place(com.google.rpc.Status.getDescriptor()))
                .isEqualTo("google/rpc/status.proto");
        assertThat(none.comment(com.google.rpc.Status.getDescriptor())).isEmpty();
    }
}
