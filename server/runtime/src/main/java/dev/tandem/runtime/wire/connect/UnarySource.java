package dev.tandem.runtime.wire.connect;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.Source;
import dev.tandem.runtime.wire.envelope.Codec;
import org.jspecify.annotations.Nullable;

/**
 * The one message of a request, read when it is asked for.
 *
 * @param <Q> the request message
 */
final class UnarySource<Q extends Message> implements Source<Q> {
    /** Reads the bytes of a message. */
    @FunctionalInterface
    interface Bytes {
        byte[] read() throws InterruptedException;
    }

    private final Codec codec;
    private final Bytes bytes;
    private boolean read;

    UnarySource(Codec codec, Bytes bytes) {
        this.codec = codec;
        this.bytes = bytes;
    }

    @Override
    @SuppressWarnings("unchecked") // the codec is that of the method
    public @Nullable Q next() throws InterruptedException {
        if (read) {
            return null;
        }
        read = true;
        byte[] message = bytes.read();
        return (Q) codec.read(message, 0, message.length);
    }
}
