package dev.tandem.runtime.wire.envelope;

/**
 * The limits of messages on the wires of gRPC, gRPC-Web and Connect.
 *
 * @param maxMessageBytes the largest request message, before and after decompression, at least 1
 * @param compressFromBytes a response message of at least so many bytes is compressed where the
 *     client accepts gzip; {@link Integer#MAX_VALUE} never compresses
 */
public record MessageLimits(int maxMessageBytes, int compressFromBytes) {
    public MessageLimits {
        if (maxMessageBytes < 1 || compressFromBytes < 0) {
            throw new IllegalArgumentException(
                    "messages need maxMessageBytes >= 1 and compressFromBytes >= 0, not "
                            + maxMessageBytes
                            + " and "
                            + compressFromBytes);
        }
    }

    /** Messages up to 4 MiB; answers compressed from 1 KiB on. */
    public static MessageLimits standard() {
        return new MessageLimits(4 << 20, 1 << 10);
    }

    /** The same with another largest request message. */
    public MessageLimits withMaxMessageBytes(int bytes) {
        return new MessageLimits(bytes, compressFromBytes);
    }
}
