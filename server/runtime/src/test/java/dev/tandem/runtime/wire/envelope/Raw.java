package dev.tandem.runtime.wire.envelope;

import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;

/** Frames as a client puts them together by hand. */
public final class Raw {
    private Raw() {}

    public static byte[] frame(Message message) {
        return frame(0, message.toByteArray());
    }

    public static byte[] frame(int flags, byte[] payload) {
        return prefix(flags, payload.length, payload);
    }

    /** A frame whose prefix claims another length than it has. */
    public static byte[] prefix(int flags, int claimed, byte[] payload) {
        return ByteBuffer.allocate(5 + payload.length)
                .put((byte) flags)
                .putInt(claimed)
                .put(payload)
                .array();
    }

    public static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
