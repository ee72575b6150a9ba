package dev.tandem.runtime.wire.envelope;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Sink;

/**
 * The messages of a stream, which leave as they come.
 *
 * @param <R> the response message
 */
record StreamSink<R extends Message>(Response response, Call call) implements Sink<R> {
    @Override
    public void send(R message) {
        call.check();
        if (response.endsByInterrupt()) {
            call.undisturbed(() -> response.message(message));
        } else {
            response.message(message);
        }
    }
}
