package dev.tandem.gateway.extract;

import com.google.protobuf.Descriptors.FileDescriptor;
import dev.tandem.gateway.config.key.Key;
import dev.tandem.gateway.config.key.Section;
import dev.tandem.gateway.config.key.Types;
import dev.tandem.gateway.config.key.Values;
import dev.tandem.gateway.extract.message.DescriptorSet;
import java.nio.file.Path;
import java.util.List;

/**
 * What extraction knows.
 *
 * @param descriptorSets files with messages that requests can name, besides those of the services
 */
public record ExtractionSection(List<Path> descriptorSets) {
    private static final Key<List<Path>> DESCRIPTOR_SETS =
            Key.of(
                            "descriptor_sets",
                            Types.list(Types.path("a descriptor set of protobuf")),
                            "Files with protobuf messages that requests can name as"
                                    + " `message_type`, besides those of the services."
                                    + " [How to](extraction.md#protobuf-messages).")
                    .variable("TANDEM_EXTRACTION_DESCRIPTOR_SETS")
                    .fallback(List.of())
                    .example("[/etc/tandem/people.binpb]");

    /** Its place in the file. */
    public static final Section<ExtractionSection> SECTION =
            Section.of(
                    "extraction",
                    "Typed values out of texts. [More](extraction.md).",
                    ExtractionSection::read,
                    DESCRIPTOR_SETS);

    /** Keeps a copy. */
    public ExtractionSection {
        descriptorSets = List.copyOf(descriptorSets);
    }

    private static ExtractionSection read(Values in) {
        List<Path> files = in.get(DESCRIPTOR_SETS);
        for (int i = 0; i < files.size(); i++) {
            try {
                DescriptorSet.read(files.get(i));
            } catch (IllegalArgumentException e) {
                in.problem(DESCRIPTOR_SETS, List.of("[" + i + "]"), String.valueOf(e.getMessage()));
            }
        }
        return new ExtractionSection(files);
    }

    /**
     * The .proto files of the sets.
     *
     * @throws IllegalArgumentException where a set was changed and can no longer be read
     */
    public List<FileDescriptor> files() {
        return descriptorSets.stream().flatMap(set -> DescriptorSet.read(set).stream()).toList();
    }
}
