package dev.tandem.runtime.call;

import com.google.protobuf.Descriptors;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.grpc.protobuf.ProtoServiceDescriptorSupplier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A protobuf service and the handlers of its methods. The generated grpc-java descriptors carry the
 * types:
 *
 * <pre>{@code
 * Service.of(PeopleGrpc.getServiceDescriptor())
 *         .unary(PeopleGrpc.getFindMethod(), this::find)
 *         .stream(PeopleGrpc.getExtractMethod(), this::extract)
 *         .build()
 * }</pre>
 *
 * @param descriptor the service in the .proto file
 * @param methods its methods, each with a handler, in the order of the .proto file
 */
public record Service(Descriptors.ServiceDescriptor descriptor, List<Method<?, ?>> methods) {

    public Service {
        methods = List.copyOf(methods);
    }

    /** The full name: {@code tandem.v1.ChatService}. */
    public String name() {
        return descriptor.getFullName();
    }

    /**
     * Begins a service.
     *
     * @throws IllegalArgumentException where the descriptor was not generated from a .proto file
     */
    public static Builder of(ServiceDescriptor generated) {
        if (generated.getSchemaDescriptor() instanceof ProtoServiceDescriptorSupplier supplier) {
            return new Builder(supplier.getServiceDescriptor());
        }
        throw new IllegalArgumentException(
                generated.getName()
                        + " was not generated from a .proto file by protoc-gen-grpc-java");
    }

    /** Collects the handlers. */
    public static final class Builder {
        private final Descriptors.ServiceDescriptor descriptor;
        private final Map<String, Method<?, ?>> methods = new LinkedHashMap<>();
        private final Map<String, List<JoinedRule<?>>> rules = new HashMap<>();

        private Builder(Descriptors.ServiceDescriptor descriptor) {
            this.descriptor = descriptor;
        }

        /** One message in, one out. */
        public <Q extends Message, R extends Message> Builder unary(
                MethodDescriptor<Q, R> method, Handler.Unary<Q, R> handler) {
            return handler(
                    method, (source, sink, call) -> sink.send(handler.handle(only(source), call)));
        }

        /** One message in, any number out. */
        public <Q extends Message, R extends Message> Builder stream(
                MethodDescriptor<Q, R> method, Handler.ServerStream<Q, R> handler) {
            return handler(
                    method, (source, sink, call) -> handler.handle(only(source), sink, call));
        }

        /** Any number in, one out. */
        public <Q extends Message, R extends Message> Builder clientStream(
                MethodDescriptor<Q, R> method, Handler.ClientStream<Q, R> handler) {
            return handler(method, (source, sink, call) -> sink.send(handler.handle(source, call)));
        }

        /**
         * Any number in, any number out.
         *
         * @throws IllegalArgumentException where the method is of another service or has a handler
         *     already
         */
        public <Q extends Message, R extends Message> Builder handler(
                MethodDescriptor<Q, R> method, Handler<Q, R> handler) {
            Descriptors.MethodDescriptor declared = declared(method);
            Method<Q, R> entry =
                    new Method<>(
                            declared,
                            prototype(method.getRequestMarshaller()),
                            prototype(method.getResponseMarshaller()),
                            handler,
                            List.of());
            if (methods.putIfAbsent(declared.getName(), entry) != null) {
                throw new IllegalArgumentException(entry.fullName() + " has two handlers");
            }
            return this;
        }

        /**
         * Declares a rule that joins fields of a method's request, checked with those of the .proto
         * file before the handler runs.
         *
         * @param rule what is wrong with a request, with the paths of the JSON; empty where nothing
         *     is. Pure, and may see a request that breaks other rules
         * @param reads the fields of the request that the rule reads; all where none is named.
         *     Where one of them does not have the form of its type, the rule is not heard
         * @throws IllegalArgumentException where the method is of another service or the request
         *     has no such field
         */
        public <Q extends Message> Builder rule(
                MethodDescriptor<Q, ?> method,
                Function<? super Q, List<ApiError.Violation>> rule,
                String... reads) {
            Descriptors.MethodDescriptor declared = declared(method);
            for (String field : reads) {
                if (declared.getInputType().findFieldByName(field) == null) {
                    throw new IllegalArgumentException(
                            declared.getInputType().getFullName() + " has no field " + field);
                }
            }
            rules.computeIfAbsent(declared.getName(), name -> new ArrayList<>())
                    .add(new JoinedRule<Q>(Set.of(reads), rule));
            return this;
        }

        @SuppressWarnings("unchecked") // a rule is declared for the method's own request type
        private <Q extends Message, R extends Message> Method<Q, R> withRules(Method<Q, R> method) {
            List<JoinedRule<Q>> own =
                    (List<JoinedRule<Q>>)
                            (List<?>) rules.getOrDefault(method.descriptor().getName(), List.of());
            return new Method<>(
                    method.descriptor(),
                    method.request(),
                    method.response(),
                    method.handler(),
                    own);
        }

        private Descriptors.MethodDescriptor declared(MethodDescriptor<?, ?> method) {
            if (method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier supplier
                    && supplier.getMethodDescriptor()
                            .getService()
                            .getFullName()
                            .equals(descriptor.getFullName())) {
                return supplier.getMethodDescriptor();
            }
            throw new IllegalArgumentException(
                    method.getFullMethodName() + " is not a method of " + descriptor.getFullName());
        }

        /**
         * The service.
         *
         * @throws IllegalArgumentException where a method of the .proto file has no handler
         */
        public Service build() {
            List<Method<?, ?>> all = new ArrayList<>();
            for (Descriptors.MethodDescriptor declared : descriptor.getMethods()) {
                Method<?, ?> method = methods.get(declared.getName());
                if (method == null) {
                    throw new IllegalArgumentException(
                            descriptor.getFullName()
                                    + "/"
                                    + declared.getName()
                                    + " has no handler");
                }
                all.add(withRules(method));
            }
            return new Service(descriptor, all);
        }
    }

    private static <M extends Message> M prototype(Marshaller<M> marshaller) {
        if (marshaller instanceof PrototypeMarshaller<M> prototypes
                && prototypes.getMessagePrototype() != null) {
            return prototypes.getMessagePrototype();
        }
        throw new IllegalArgumentException("not a protobuf marshaller: " + marshaller);
    }

    private static <Q> Q only(Source<Q> source) throws InterruptedException {
        Q first = source.next();
        if (first == null) {
            throw ApiError.of(
                            RpcReasons.MISSING_MESSAGE,
                            "The call ended without its request message.")
                    .toException();
        }
        if (source.next() != null) {
            throw ApiError.of(
                            RpcReasons.TOO_MANY_MESSAGES,
                            "This method takes one request message; more were sent.")
                    .toException();
        }
        return first;
    }
}
