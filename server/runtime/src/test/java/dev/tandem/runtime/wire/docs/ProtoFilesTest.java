package dev.tandem.runtime.wire.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.tandem.options.v1.Options;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service whose .proto files are nowhere, as one that was packed without them. */
class ProtoFilesTest {
    private final ServiceDescriptor service = service();

    private static ServiceDescriptor service() {
        FileDescriptorProto file =
                FileDescriptorProto.newBuilder()
                        .setSyntax("proto3")
                        .setName("nowhere/v1/<ghost>.proto")
                        .setPackage("nowhere.v1")
                        .addDependency("tandem/options/v1/options.proto")
                        .addMessageType(DescriptorProto.newBuilder().setName("Nothing"))
                        .addService(
                                ServiceDescriptorProto.newBuilder()
                                        .setName("Ghost")
                                        .addMethod(
                                                MethodDescriptorProto.newBuilder()
                                                        .setName("Haunt")
                                                        .setInputType(".nowhere.v1.Nothing")
                                                        .setOutputType(".nowhere.v1.Nothing")))
                        .build();
        try {
            return FileDescriptor.buildFrom(file, new FileDescriptor[] {Options.getDescriptor()})
                    .getServices()
                    .getFirst();
        } catch (DescriptorValidationException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatIsNotPackedIsNotListed() {
        assertThat(files(service).names())
                .containsExactly(
                        "google/protobuf/descriptor.proto",
                        "google/protobuf/duration.proto",
                        "google/rpc/error_details.proto",
                        "tandem/options/v1/options.proto");
    }

    @Test
    void itsDescriptorsAreServed() throws Exception {
        FileDescriptorSet set = FileDescriptorSet.parseFrom(files(service).descriptorSet());

        assertThat(set.getFileList())
                .extracting(FileDescriptorProto::getName)
                .containsExactly(
                        "google/protobuf/descriptor.proto",
                        "tandem/options/v1/options.proto",
                        "nowhere/v1/<ghost>.proto",
                        "google/protobuf/duration.proto",
                        "google/rpc/error_details.proto");
        assertThat(set.getFile(2)).isEqualTo(service.getFile().toProto());
    }

    @Test
    void twoServicesOfOneFileShareIt() {
        assertThat(files(service, service).names()).hasSize(4);
    }

    @Test
    void aPackedSetBringsTheComments(@TempDir Path folder) throws Exception {
        FileDescriptorProto.Builder commented = service.getFile().toProto().toBuilder();
        commented.getSourceCodeInfoBuilder().addLocationBuilder().setLeadingComments(" Haunts.");
        Path packed = folder.resolve("META-INF/tandem/nowhere.v1.protoset");
        Files.createDirectories(packed.getParent());
        Files.write(
                packed, FileDescriptorSet.newBuilder().addFile(commented).build().toByteArray());

        try (URLClassLoader packages = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            ProtoFiles files = ProtoFiles.of(List.of(service), packages);

            FileDescriptorSet set = FileDescriptorSet.parseFrom(files.descriptorSet());
            assertThat(set.getFileCount()).isEqualTo(5);
            assertThat(set.getFile(2)).isEqualTo(commented.build());
        }
    }

    private static ProtoFiles files(ServiceDescriptor... services) {
        return ProtoFiles.of(List.of(services), ProtoFilesTest.class.getClassLoader());
    }
}
