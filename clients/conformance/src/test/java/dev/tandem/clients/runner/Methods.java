package dev.tandem.clients.runner;

import com.google.protobuf.Message;
import dev.tandem.v1.ChatServiceGrpc;
import dev.tandem.v1.CompletionServiceGrpc;
import dev.tandem.v1.EmbeddingServiceGrpc;
import dev.tandem.v1.ExtractionServiceGrpc;
import dev.tandem.v1.ModelServiceGrpc;
import dev.tandem.v1.RerankServiceGrpc;
import dev.tandem.v1.TokenServiceGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.health.v1.HealthGrpc;
import java.util.stream.Stream;

/** The methods that cases may call. */
final class Methods {
    private Methods() {}

    /** By its full name, as in {@code tandem.v1.ChatService/Complete}. */
    @SuppressWarnings("unchecked") // all of them are of protobuf messages
    static MethodDescriptor<Message, Message> named(String name) {
        return Stream.of(
                        ChatServiceGrpc.getServiceDescriptor(),
                        CompletionServiceGrpc.getServiceDescriptor(),
                        EmbeddingServiceGrpc.getServiceDescriptor(),
                        ExtractionServiceGrpc.getServiceDescriptor(),
                        HealthGrpc.getServiceDescriptor(),
                        ModelServiceGrpc.getServiceDescriptor(),
                        RerankServiceGrpc.getServiceDescriptor(),
                        TokenServiceGrpc.getServiceDescriptor())
                .map(ServiceDescriptor::getMethods)
                .flatMap(methods -> methods.stream())
                .filter(method -> method.getFullMethodName().equals(name))
                .map(method -> (MethodDescriptor<Message, Message>) method)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no method " + name));
    }
}
