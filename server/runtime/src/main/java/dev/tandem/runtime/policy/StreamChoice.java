package dev.tandem.runtime.policy;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.tandem.options.v1.Options;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Handler;
import dev.tandem.runtime.call.Method;
import dev.tandem.runtime.call.Policy;
import dev.tandem.runtime.call.Reasons;

/**
 * A unary method whose request asks for a stream is refused: where the wire chooses by method the
 * field cannot choose, and one answer to a caller who waits for many would be a silent surprise.
 */
public final class StreamChoice implements Policy {
    @Override
    public <Q extends Message, R extends Message> Handler<Q, R> around(
            Method<Q, R> method, Handler<Q, R> next) {
        String name =
                method.descriptor().getOptions().getExtension(Options.method).getStreamField();
        FieldDescriptor field = method.request().getDescriptorForType().findFieldByName(name);
        if (field == null || !method.singleResponse()) {
            return next;
        }
        return (source, sink, call) ->
                next.handle(
                        () -> {
                            Q request = source.next();
                            if (request != null && request.getField(field).equals(true)) {
                                throw refusal(name).toException();
                            }
                            return request;
                        },
                        sink,
                        call);
    }

    private static ApiError refusal(String field) {
        return ApiError.ofParam(
                Reasons.UNSUPPORTED_VALUE,
                field,
                "This method gives one answer; leave out `"
                        + field
                        + "`, or call the streaming method of the service.");
    }
}
