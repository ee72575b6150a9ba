package dev.tandem.runtime.wire.envelope;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The gzip message encoding, bounded when reading. */
public final class Gzip {
    private static final int EXPECTED_RATIO = 4;
    private static final int BUFFER = 4096;

    private Gzip() {}

    /**
     * The unpacked bytes, or null where they are more than the limit: unpacking stops there.
     *
     * @throws IOException where the bytes are not gzip
     */
    public static byte @Nullable [] unpack(byte[] packed, int offset, int length, int limit)
            throws IOException {
        try (InputStream in =
                new GZIPInputStream(new ByteArrayInputStream(packed, offset, length), BUFFER)) {
            byte[] out =
                    new byte[(int) Math.min(limit, Math.max(64L, (long) length * EXPECTED_RATIO))];
            int size = 0;
            while (true) {
                int n = in.readNBytes(out, size, out.length - size);
                size += n;
                if (size < out.length) {
                    return Arrays.copyOf(out, size);
                }
                int next = in.read();
                if (next < 0) {
                    return out;
                }
                if (size == limit) {
                    return null;
                }
                out = Arrays.copyOf(out, (int) Math.min(limit, Math.max(64L, size * 2L)));
                out[size++] = (byte) next;
            }
        }
    }

    /** Packs fast rather than small: the wire is mostly a local network. */
    static void pack(byte[] bytes, int offset, int length, ByteArrayOutputStream target) {
        try (OutputStream out = new FastGzip(target)) {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream target) throws IOException {
            super(target, BUFFER);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
