package dev.tandem.runtime.wire.grpc;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Sink;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a gRPC answer. Those of a stream leave as they come; the one of a unary method
 * waits until its handler has returned, since until then the call may still fail.
 *
 * @param <R> the response message
 */
final class MessageSink<R extends Message> implements Sink<R> {
    private final Response response;
    private final Call call;
    private final boolean single;
    private @Nullable R only;

    MessageSink(Response response, Call call, boolean single) {
        this.response = response;
        this.call = call;
        this.single = single;
    }

    @Override
    public void send(R message) {
        call.check();
        if (!single) {
            response.message(message);
            return;
        }
        if (only != null) {
            throw new IllegalStateException("a second message was sent by " + call);
        }
        only = message;
    }

    /** The message of a unary method; null when none was sent. */
    @Nullable R only() {
        return only;
    }
}
