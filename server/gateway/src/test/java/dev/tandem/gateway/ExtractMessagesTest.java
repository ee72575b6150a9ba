package dev.tandem.gateway;

import static dev.tandem.gateway.Extracting.extract;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import dev.tandem.gateway.extract.ExtractionSection;
import dev.tandem.runtime.call.ApiError.Violation;
import dev.tandem.testing.Failure;
import dev.tandem.testing.Script;
import dev.tandem.testing.Wire;
import dev.tandem.v1.ExtractRequest;
import dev.tandem.v1.Extraction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects whose form is a message of the contract. */
class ExtractMessagesTest {
    @Test
    void aMessageIsFoundByItsNameAndComesAsOne() throws Exception {
        String json =
                "{\"model\":\"m\",\"query\":\"q\",\"documents\":[{\"text\":\"d\"}],\"top_n\":3}";
        try (Fixture gateway = Extracting.with(Script.saying(json))) {
            Extraction found =
                    extract(
                                    gateway,
                                    Wire.REST,
                                    Extracting.person()
                                            .setMessageType("tandem.v1.RerankRequest")
                                            .setBinary(true))
                            .message();

            assertThat(found.getValue()).isEqualTo(json);
            var typed = dev.tandem.v1.RerankRequest.parseFrom(found.getMessage());
            assertThat(typed.getTopN()).isEqualTo(3);
            assertThat(typed.getDocuments(0).getText()).isEqualTo("d");
        }
    }

    @Test
    void aMessageOfAConfiguredDescriptorSetIsFoundToo(@TempDir Path folder) throws Exception {
        FileDescriptorProto people =
                FileDescriptorProto.newBuilder()
                        .setName("people.proto")
                        .setPackage("people.v1")
                        .addMessageType(
                                DescriptorProto.newBuilder()
                                        .setName("Person")
                                        .addField(
                                                FieldDescriptorProto.newBuilder()
                                                        .setName("full_name")
                                                        .setNumber(3)
                                                        .setType(
                                                                FieldDescriptorProto.Type
                                                                        .TYPE_STRING)))
                        .build();
        Path set = folder.resolve("people.binpb");
        Files.write(set, FileDescriptorSet.newBuilder().addFile(people).build().toByteArray());
        GatewaySettings settings =
                GatewaySettings.ofLoopback()
                        .with(
                                Answering.usual()
                                        .withMessages(new ExtractionSection(List.of(set)).files()));
        Script script = Script.saying("{\"full_name\":\"Ada\"}");
        try (Fixture gateway = new Fixture(script, settings)) {
            ExtractRequest.Builder request =
                    Extracting.person().setMessageType("people.v1.Person").setBinary(true);
            Extraction found = extract(gateway, Wire.GRPC, request).message();

            assertThat(found.getValue()).isEqualTo("{\"full_name\":\"Ada\"}");
            assertThat(found.getMessage().toByteArray()).containsExactly(26, 3, 'A', 'd', 'a');
            assertThat(
                            extract(gateway, Wire.REST, request.setMessageType("people.v1.Nobody"))
                                    .error()
                                    .violations())
                    .extracting(Violation::rule)
                    .containsExactly("unknown_message");
        }
    }

    @Test
    void whatTheMessageDoesNotAllowIsInvalid() {
        String json = "{\"model\":\"m\",\"query\":\"q\",\"documents\":[],\"top_n\":0}";
        try (Fixture gateway = Extracting.with(Script.saying(json))) {
            Failure failure =
                    extract(
                                    gateway,
                                    Wire.REST,
                                    Extracting.person().setMessageType("tandem.v1.RerankRequest"))
                            .error();

            assertThat(failure.violations())
                    .extracting(Violation::field)
                    .contains("value#/documents", "value#/top_n");
        }
    }
}
