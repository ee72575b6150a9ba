package dev.tandem.runtime.wire.envelope;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.runtime.call.RpcReasons;
import dev.tandem.runtime.call.Source;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a request of frames.
 *
 * @param <Q> the request message
 */
final class MessageSource<Q extends Message> implements Source<Q> {
    private static final byte[] NONE = {};

    private final FrameReader frames;
    private final Codec codec;
    private final boolean gzip;
    private final int maxMessageBytes;

    /**
     * @param codec reads messages of type Q
     * @param gzip whether the request names gzip as its encoding
     */
    MessageSource(FrameReader frames, Codec codec, boolean gzip, int maxMessageBytes) {
        this.frames = frames;
        this.codec = codec;
        this.gzip = gzip;
        this.maxMessageBytes = maxMessageBytes;
    }

    @Override
    public @Nullable Q next() throws InterruptedException {
        if (!frames.next()) {
            return null;
        }
        if (!frames.compressed()) {
            return read(frames.array(), frames.offset(), frames.size());
        }
        byte[] unpacked = unpacked();
        return read(unpacked, 0, unpacked.length);
    }

    private byte[] unpacked() {
        if (!gzip) {
            throw frames.fail(
                    RpcReasons.MISSING_ENCODING,
                    "A message is flagged as compressed, but the request names no encoding.");
        }
        if (frames.size() == 0) {
            return NONE; // clients flag what they would have compressed
        }
        try {
            byte[] unpacked =
                    Gzip.unpack(frames.array(), frames.offset(), frames.size(), maxMessageBytes);
            if (unpacked != null) {
                return unpacked;
            }
        } catch (IOException e) {
            throw frames.fail(
                    RpcReasons.MALFORMED_GZIP,
                    "A message is flagged as compressed, but is not gzip.");
        }
        throw frames.fail(
                Reasons.REQUEST_TOO_LARGE,
                "The message unpacks to more than the "
                        + maxMessageBytes
                        + " bytes that this server takes.");
    }

    @SuppressWarnings("unchecked") // the codec is that of the method
    private Q read(byte[] bytes, int offset, int size) {
        try {
            return (Q) codec.read(bytes, offset, size);
        } catch (ApiException e) {
            throw frames.fail(e);
        }
    }
}
