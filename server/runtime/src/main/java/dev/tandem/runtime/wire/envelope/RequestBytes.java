package dev.tandem.runtime.wire.envelope;

import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.CancelledException;
import dev.tandem.runtime.wire.connection.OwnedStream;

/** The bytes of a request, for the handler's thread; a stream that is gone cancels the call. */
public record RequestBytes(OwnedStream stream, Call call) implements FrameReader.Bytes {
    @Override
    public byte[] take() throws InterruptedException {
        try {
            byte[] bytes = stream.take();
            if (bytes != null) {
                return bytes;
            }
        } catch (InterruptedException e) {
            if (!stream.gone()) {
                throw e;
            }
        }
        call.cancel(stream.whyGone());
        CancelCause cause = call.cancelled();
        throw new CancelledException(cause == null ? CancelCause.CLIENT_LEFT : cause);
    }
}
