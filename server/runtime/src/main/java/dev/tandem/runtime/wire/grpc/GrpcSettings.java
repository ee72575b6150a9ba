package dev.tandem.runtime.wire.grpc;

/**
 * The limits of the gRPC wire.
 *
 * @param maxMessageBytes the largest request message, before and after decompression, at least 1
 * @param compressFromBytes a response message of at least so many bytes is compressed where the
 *     client accepts gzip; {@link Integer#MAX_VALUE} never compresses
 */
public record GrpcSettings(int maxMessageBytes, int compressFromBytes) {
    public GrpcSettings {
        if (maxMessageBytes < 1 || compressFromBytes < 0) {
            throw new IllegalArgumentException(
                    "the gRPC wire needs maxMessageBytes >= 1 and compressFromBytes >= 0, not "
                            + maxMessageBytes
                            + " and "
                            + compressFromBytes);
        }
    }

    /** Messages up to 4 MiB; answers compressed from 1 KiB on. */
    public static GrpcSettings standard() {
        return new GrpcSettings(4 << 20, 1 << 10);
    }
}
