package dev.tandem.transcoding.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.Struct;
import dev.tandem.test.v1.Colour;
import dev.tandem.test.v1.Kinds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

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
    void whatHasNoPackedSetHasItsFilesName() {
        Declarations none =
                Declarations.of(List.of(com.google.rpc.Status.getDescriptor().getFile()));

        assertThat(none.place(com.google.rpc.Status.getDescriptor()))
                .isEqualTo("google/rpc/status.proto");
        assertThat(none.comment(com.google.rpc.Status.getDescriptor())).isEmpty();
    }
}
