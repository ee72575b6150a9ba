package dev.tandem.gateway.extract.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import build.buf.validate.ValidateProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.TextFormat;
import com.google.protobuf.TimestampProto;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescriptorSetTest {
    /** As protoc writes it: imports, rules and comments with it. */
    private static final String PEOPLE =
            """
            file { name: "people/v1/place.proto" package: "people.v1" syntax: "proto3"
              message_type { name: "Place"
                field { name: "name" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL } } }
            file { name: "people/v1/person.proto" package: "people.v1" syntax: "proto3"
              dependency: "people/v1/place.proto"
              dependency: "buf/validate/validate.proto"
              dependency: "google/protobuf/timestamp.proto"
              message_type { name: "Person"
                field { name: "name" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL
                  options { [buf.validate.field] { required: true string { max_len: 40 } } } }
                field { name: "born" number: 2 type: TYPE_MESSAGE label: LABEL_OPTIONAL
                  type_name: ".google.protobuf.Timestamp" }
                field { name: "home" number: 3 type: TYPE_MESSAGE label: LABEL_OPTIONAL
                  type_name: ".people.v1.Place" } }
              source_code_info { location { path: 4 path: 0 path: 2 path: 0 span: 7 span: 2 span: 9
                leading_comments: " As she writes it.\\n" } } }
            """;

    @TempDir private Path folder;

    private Path people() throws IOException {
        return written(PEOPLE);
    }

    private Path written(String text) throws IOException {
        ExtensionRegistry rules = ExtensionRegistry.newInstance();
        ValidateProto.registerAllExtensions(rules);
        FileDescriptorSet.Builder set = FileDescriptorSet.newBuilder();
        TextFormat.merge(text, rules, set);
        return Files.write(folder.resolve("people.binpb"), set.build().toByteArray());
    }

    @Test
    void itsMessagesAreKnownWithRulesAndComments() throws Exception {
        KnownMessages known = new KnownMessages(DescriptorSet.read(people()));
        MessageType person = known.named("people.v1.Person");

        assertThat(person.schema().text())
                .contains("\"description\":\"As she writes it.\"")
                .contains("\"maxLength\":40")
                .contains("\"required\":[\"name\"]")
                .contains("\"format\":\"date-time\"")
                .contains("\"$ref\":\"#/$defs/people.v1.Place\"");
        assertThat(person.violations("{\"name\":\"Ada\",\"born\":\"1815-12-10T00:00:00Z\"}"))
                .isEmpty();
        assertThat(known.named("people.v1.Place").schema().text()).contains("\"name\"");
    }

    @Test
    void theFilesMayStandInAnyOrderAndBringTheirOwnWellKnownTypes() throws Exception {
        FileDescriptorSet set = FileDescriptorSet.parseFrom(Files.readAllBytes(people()));
        FileDescriptorSet turned =
                FileDescriptorSet.newBuilder()
                        .addFile(set.getFile(1))
                        .addFile(set.getFile(0))
                        .addFile(TimestampProto.getDescriptor().toProto())
                        .addFile(ValidateProto.getDescriptor().toProto())
                        .build();
        Path file = Files.write(folder.resolve("turned.binpb"), turned.toByteArray());

        assertThat(new KnownMessages(DescriptorSet.read(file)).named("people.v1.Person").schema())
                .isEqualTo(
                        new KnownMessages(DescriptorSet.read(people()))
                                .named("people.v1.Person")
                                .schema());
    }

    @Test
    void whatIsMissingIsNamed() throws Exception {
        Path file = written("file { name: \"a.proto\" dependency: \"google/type/date.proto\" }");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DescriptorSet.read(file))
                .withMessage(
                        file
                                + " lacks google/type/date.proto, which a.proto imports; write it with"
                                + " --include_imports.");
    }

    @Test
    void whatIsNoSetIsRefused() throws Exception {
        Path proto = folder.resolve("person.proto");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DescriptorSet.read(proto))
                .withMessage(proto + ": there is no such file.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DescriptorSet.read(folder))
                .withMessage(folder + " cannot be read.");
        Files.write(proto, "syntax = \"proto3\";".getBytes(StandardCharsets.UTF_8));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DescriptorSet.read(proto))
                .withMessage(
                        proto
                                + " is not a descriptor set of protobuf"
                                + " (google.protobuf.FileDescriptorSet).");
        Path broken =
                written(
                        "file { name: \"a.proto\" message_type { name: \"A\""
                                + " field { name: \"b\" number: 1 type: TYPE_MESSAGE type_name: \".B\" } } }");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DescriptorSet.read(broken))
                .withMessageStartingWith(broken + " does not hold together: ");
    }
}
