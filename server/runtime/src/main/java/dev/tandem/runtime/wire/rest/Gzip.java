package dev.tandem.runtime.wire.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The gzip content coding (RFC 9110, section 8.4.1.3). */
final class Gzip {
    private static final int BUFFER = 8192;

    private Gzip() {}

    /**
     * Unpacks a stream as it is read. Reading throws {@link java.util.zip.ZipException} where it is
     * not gzip and {@link java.io.EOFException} where it ends too early. Nothing at all is nothing.
     */
    static InputStream unpacked(InputStream packed) throws IOException {
        ToItsEnd in = new ToItsEnd(packed);
        return in.available() == 0
                ? InputStream.nullInputStream()
                : new GZIPInputStream(in, BUFFER);
    }

    /** Packs fast rather than small: the processor has other work. */
    static byte[] packed(byte[] bytes, int length) {
        ByteArrayOutputStream target = new ByteArrayOutputStream(length / 2);
        try (OutputStream out = new FastGzip(target)) {
            out.write(bytes, 0, length);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return target.toByteArray();
    }

    /**
     * Knows whether something follows, by waiting for it: GZIPInputStream takes 0 available bytes
     * for the end and would leave out the later members of a file of several.
     */
    private static final class ToItsEnd extends PushbackInputStream {
        ToItsEnd(InputStream in) {
            super(in);
        }

        @Override
        public int available() throws IOException {
            int next = read();
            if (next < 0) {
                return 0;
            }
            unread(next);
            return 1;
        }
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream target) throws IOException {
            super(target, BUFFER);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
