package dev.tandem.runtime.call;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import java.util.List;

/**
 * One method of a service with its handler.
 *
 * @param descriptor the method in the .proto file, with its options
 * @param request the default instance of the request message
 * @param response the default instance of the response message
 * @param handler what answers it
 * @param rules the rules across the request's fields
 * @param <Q> the request message
 * @param <R> the response message
 */
public record Method<Q extends Message, R extends Message>(
        MethodDescriptor descriptor,
        Q request,
        R response,
        Handler<Q, R> handler,
        List<JoinedRule<Q>> rules) {

    public Method {
        rules = List.copyOf(rules);
    }

    /** The full name as gRPC spells it: {@code tandem.v1.ChatService/Complete}. */
    public String fullName() {
        return descriptor.getService().getFullName() + "/" + descriptor.getName();
    }

    /** Does the client send one message only? */
    public boolean singleRequest() {
        return !descriptor.isClientStreaming();
    }

    /** Does the server send one message only? */
    public boolean singleResponse() {
        return !descriptor.isServerStreaming();
    }

    /** The same method behind another handler. */
    public Method<Q, R> with(Handler<Q, R> other) {
        return new Method<>(descriptor, request, response, other, rules);
    }

    @Override
    public String toString() {
        return fullName();
    }
}
