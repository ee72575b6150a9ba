package dev.tandem.runtime.wire.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.runtime.call.Source;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a gRPC request.
 *
 * @param <Q> the request message
 */
final class MessageSource<Q extends Message> implements Source<Q> {
    private final FrameReader frames;
    private final Parser<? extends Message> parser;
    private final boolean gzip;
    private final int maxMessageBytes;

    /**
     * @param gzip whether the request names gzip as its encoding
     */
    MessageSource(FrameReader frames, Q prototype, boolean gzip, int maxMessageBytes) {
        this.frames = frames;
        this.parser = prototype.getParserForType();
        this.gzip = gzip;
        this.maxMessageBytes = maxMessageBytes;
    }

    @Override
    public @Nullable Q next() throws InterruptedException {
        if (!frames.next()) {
            return null;
        }
        if (!frames.compressed()) {
            return parse(frames.array(), frames.offset(), frames.size());
        }
        byte[] unpacked = unpacked();
        return parse(unpacked, 0, unpacked.length);
    }

    private byte[] unpacked() {
        if (!gzip) {
            throw frames.fail(
                    Reasons.MISSING_ENCODING,
                    "A message is flagged as compressed, but the request has no grpc-encoding.");
        }
        try {
            byte[] unpacked =
                    Gzip.unpack(frames.array(), frames.offset(), frames.size(), maxMessageBytes);
            if (unpacked != null) {
                return unpacked;
            }
        } catch (IOException e) {
            throw frames.fail(
                    Reasons.MALFORMED_GZIP, "A message is flagged as compressed, but is not gzip.");
        }
        throw frames.fail(
                Reasons.REQUEST_TOO_LARGE,
                "The message unpacks to more than the "
                        + maxMessageBytes
                        + " bytes that this server takes.");
    }

    @SuppressWarnings("unchecked") // the prototype's parser makes the prototype's type
    private Q parse(byte[] bytes, int offset, int size) {
        try {
            return (Q) parser.parseFrom(bytes, offset, size);
        } catch (InvalidProtocolBufferException e) {
            throw frames.fail(
                    Reasons.MALFORMED_MESSAGE,
                    "The request message is not valid protobuf of its declared type.");
        }
    }
}
