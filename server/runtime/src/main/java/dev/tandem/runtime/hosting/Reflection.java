package dev.tandem.runtime.hosting;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Service;
import dev.tandem.runtime.call.Sink;
import dev.tandem.runtime.call.Source;
import io.grpc.reflection.v1.ErrorResponse;
import io.grpc.reflection.v1.ExtensionNumberResponse;
import io.grpc.reflection.v1.FileDescriptorResponse;
import io.grpc.reflection.v1.ListServiceResponse;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Server reflection, {@code grpc.reflection.v1} and {@code v1alpha}: tells tools what the server's
 * services are, so that they can call them without .proto files.
 */
public final class Reflection {
    private static final int NOT_FOUND = 5;
    private static final int INVALID_ARGUMENT = 3;

    private final List<String> services;
    private final SchemaIndex index;

    private Reflection(List<String> services, SchemaIndex index) {
        this.services = services;
        this.index = index;
    }

    /**
     * The reflection services over the given ones and themselves.
     *
     * @param services all others that the server has
     */
    public static List<Service> over(Collection<Service> services) {
        List<Service> own = services(new Reflection(List.of(), new SchemaIndex(List.of())));
        List<Service> all = new ArrayList<>(services);
        all.addAll(own);
        List<String> names = all.stream().map(Service::name).sorted().toList();
        var files = all.stream().map(service -> service.descriptor().getFile()).toList();
        return services(new Reflection(names, new SchemaIndex(files)));
    }

    private static List<Service> services(Reflection reflection) {
        return List.of(
                Service.of(ServerReflectionGrpc.getServiceDescriptor())
                        .handler(
                                ServerReflectionGrpc.getServerReflectionInfoMethod(),
                                reflection::v1)
                        .build(),
                Service.of(io.grpc.reflection.v1alpha.ServerReflectionGrpc.getServiceDescriptor())
                        .handler(
                                io.grpc.reflection.v1alpha.ServerReflectionGrpc
                                        .getServerReflectionInfoMethod(),
                                reflection::v1alpha)
                        .build());
    }

    private void v1(
            Source<ServerReflectionRequest> source, Sink<ServerReflectionResponse> sink, Call call)
            throws InterruptedException {
        for (var request = source.next(); request != null; request = source.next()) {
            sink.send(answer(request));
        }
    }

    /** The same messages under another name: their bytes are equal. */
    private void v1alpha(
            Source<io.grpc.reflection.v1alpha.ServerReflectionRequest> source,
            Sink<io.grpc.reflection.v1alpha.ServerReflectionResponse> sink,
            Call call)
            throws InterruptedException, InvalidProtocolBufferException {
        for (var request = source.next(); request != null; request = source.next()) {
            var answer = answer(ServerReflectionRequest.parseFrom(request.toByteString()));
            sink.send(
                    io.grpc.reflection.v1alpha.ServerReflectionResponse.parseFrom(
                            answer.toByteString()));
        }
    }

    private ServerReflectionResponse answer(ServerReflectionRequest request) {
        var response =
                ServerReflectionResponse.newBuilder()
                        .setValidHost(request.getHost())
                        .setOriginalRequest(request);
        switch (request.getMessageRequestCase()) {
            case LIST_SERVICES -> response.setListServicesResponse(list());
            case FILE_BY_FILENAME ->
                    files(response, index.file(request.getFileByFilename()), "file");
            case FILE_CONTAINING_SYMBOL ->
                    files(response, index.symbol(request.getFileContainingSymbol()), "symbol");
            case FILE_CONTAINING_EXTENSION -> {
                var extension = request.getFileContainingExtension();
                files(
                        response,
                        index.extension(
                                extension.getContainingType(), extension.getExtensionNumber()),
                        "extension");
            }
            case ALL_EXTENSION_NUMBERS_OF_TYPE ->
                    extensions(response, request.getAllExtensionNumbersOfType());
            case MESSAGEREQUEST_NOT_SET ->
                    response.setErrorResponse(
                            error(INVALID_ARGUMENT, "The request asks for nothing."));
        }
        return response.build();
    }

    private ListServiceResponse list() {
        ListServiceResponse.Builder list = ListServiceResponse.newBuilder();
        services.forEach(name -> list.addService(ServiceResponse.newBuilder().setName(name)));
        return list.build();
    }

    private static void files(
            ServerReflectionResponse.Builder response,
            @Nullable FileWithImports file,
            String what) {
        if (file == null) {
            response.setErrorResponse(error(NOT_FOUND, "There is no such " + what + "."));
        } else {
            response.setFileDescriptorResponse(
                    FileDescriptorResponse.newBuilder().addAllFileDescriptorProto(file.encoded()));
        }
    }

    private void extensions(ServerReflectionResponse.Builder response, String type) {
        Set<Integer> numbers = index.extensionsOf(type);
        if (numbers == null) {
            response.setErrorResponse(error(NOT_FOUND, "There is no such message."));
        } else {
            response.setAllExtensionNumbersResponse(
                    ExtensionNumberResponse.newBuilder()
                            .setBaseTypeName(type)
                            .addAllExtensionNumber(numbers));
        }
    }

    private static ErrorResponse error(int code, String message) {
        return ErrorResponse.newBuilder().setErrorCode(code).setErrorMessage(message).build();
    }
}
