package dev.tandem.runtime.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.tandem.runtime.call.Service;
import dev.tandem.runtime.wire.grpc.Probe;
import io.grpc.reflection.v1.ExtensionRequest;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.testing.integration.TestServiceGrpc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ReflectionTest {
    private static final String FILE = "tandem/test/v1/probe.proto";

    private final List<Service> services =
            Reflection.over(
                    List.of(
                            new Probe().service(),
                            new Health(Map.of(), () -> true).service(),
                            new BindableServices()
                                    .host(new TestServiceGrpc.TestServiceImplBase() {})));

    @Test
    void listsAllServicesItselfToo() throws Exception {
        ServerReflectionResponse response = ask(request().setListServices("").build());
        assertThat(response.getListServicesResponse().getServiceList())
                .extracting(ServiceResponse::getName)
                .containsExactly(
                        "grpc.health.v1.Health",
                        "grpc.reflection.v1.ServerReflection",
                        "grpc.reflection.v1alpha.ServerReflection",
                        "grpc.testing.TestService",
                        "tandem.test.v1.ProbeService");
    }

    @Test
    void findsAFileByItsName() throws Exception {
        assertThat(files(ask(request().setFileByFilename(FILE).build()))).containsExactly(FILE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tandem.test.v1.ProbeService",
                "tandem.test.v1.ProbeService.Echo",
                "tandem.test.v1.EchoRequest"
            })
    void findsAFileBySymbol(String symbol) throws Exception {
        assertThat(files(ask(request().setFileContainingSymbol(symbol).build())))
                .containsExactly(FILE);
    }

    @Test
    void sendsAFileWithAllThatItImports() throws Exception {
        ServerReflectionRequest request =
                request().setFileContainingSymbol("grpc.testing.TestService").build();
        assertThat(files(ask(request)))
                .hasSizeGreaterThan(2)
                .anyMatch(name -> name.endsWith("empty.proto"))
                .anyMatch(name -> name.endsWith("messages.proto"));
    }

    @Test
    void knowsThatAMessageHasNoExtensions() throws Exception {
        ServerReflectionRequest request =
                request().setAllExtensionNumbersOfType("tandem.test.v1.EchoRequest").build();
        var numbers = ask(request).getAllExtensionNumbersResponse();
        assertThat(numbers.getBaseTypeName()).isEqualTo("tandem.test.v1.EchoRequest");
        assertThat(numbers.getExtensionNumberList()).isEmpty();
    }

    @Test
    void findsExtensions() {
        SchemaIndex index =
                new SchemaIndex(List.of(build.buf.validate.ValidateProto.getDescriptor()));
        String options = "google.protobuf.FieldOptions";
        assertThat(index.extensionsOf(options)).contains(1159);
        FileWithImports file = index.extension(options, 1159);
        assertThat(file).isNotNull();
        assertThat(index.extension(options, 1)).isNull();
        assertThat(index.symbol("buf.validate.field")).isEqualTo(file);
    }

    @Test
    void answersInBandWhatItDoesNotKnow() throws Exception {
        for (ServerReflectionRequest unknown :
                List.of(
                        request().setFileByFilename("no.proto").build(),
                        request().setFileContainingSymbol("no.Symbol").build(),
                        request().setAllExtensionNumbersOfType("no.Message").build(),
                        request()
                                .setFileContainingExtension(
                                        ExtensionRequest.newBuilder()
                                                .setContainingType("no.Message")
                                                .setExtensionNumber(1))
                                .build())) {
            assertThat(ask(unknown).getErrorResponse().getErrorCode()).isEqualTo(5);
        }
        assertThat(ask(request().build()).getErrorResponse().getErrorCode()).isEqualTo(3);
    }

    @Test
    void answersQuestionAfterQuestionOnOneStream() throws Exception {
        try (LocalCall<ServerReflectionRequest, ServerReflectionResponse> call =
                new LocalCall<>(services.get(0), "ServerReflectionInfo", Map.of())) {
            call.sends(request().setFileByFilename("no.proto").build()).start();
            assertThat(call.next().hasErrorResponse()).isTrue();
            call.sends(request().setListServices("").build()).ends();
            assertThat(call.next().hasListServicesResponse()).isTrue();
            assertThat(call.end()).isEmpty();
        }
    }

    @Test
    void speaksTheOldVersionToo() throws Exception {
        var request =
                io.grpc.reflection.v1alpha.ServerReflectionRequest.newBuilder()
                        .setFileByFilename(FILE)
                        .setHost("h")
                        .build();
        try (LocalCall<
                        io.grpc.reflection.v1alpha.ServerReflectionRequest,
                        io.grpc.reflection.v1alpha.ServerReflectionResponse>
                call = new LocalCall<>(services.get(1), "ServerReflectionInfo", Map.of())) {
            call.sends(request).ends().start();
            var response = call.next();
            assertThat(response.getValidHost()).isEqualTo("h");
            assertThat(response.getOriginalRequest()).isEqualTo(request);
            assertThat(response.getFileDescriptorResponse().getFileDescriptorProtoCount())
                    .isEqualTo(1);
        }
    }

    private static ServerReflectionRequest.Builder request() {
        return ServerReflectionRequest.newBuilder();
    }

    private ServerReflectionResponse ask(ServerReflectionRequest request) throws Exception {
        try (LocalCall<ServerReflectionRequest, ServerReflectionResponse> call =
                new LocalCall<>(services.get(0), "ServerReflectionInfo", Map.of())) {
            call.sends(request).ends().start();
            assertThat(call.end()).isEmpty();
            return call.next();
        }
    }

    private static List<String> files(ServerReflectionResponse response)
            throws InvalidProtocolBufferException {
        List<String> names = new ArrayList<>();
        for (ByteString file : response.getFileDescriptorResponse().getFileDescriptorProtoList()) {
            names.add(FileDescriptorProto.parseFrom(file).getName());
        }
        return names;
    }
}
