package dev.tandem.runtime.wire.envelope;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Sink;
import org.jspecify.annotations.Nullable;

/**
 * The one message of a unary answer. It waits until its handler has returned, since until then the
 * call may still fail.
 *
 * @param <R> the response message
 */
public final class SingleSink<R extends Message> implements Sink<R> {
    private final Call call;
    private @Nullable R only;

    /** A sink without message yet. */
    public SingleSink(Call call) {
        this.call = call;
    }

    @Override
    public void send(R message) {
        call.check();
        if (only != null) {
            throw new IllegalStateException("a second message was sent by " + call);
        }
        only = message;
    }

    /** The message; null when none was sent. */
    public @Nullable R only() {
        return only;
    }
}
