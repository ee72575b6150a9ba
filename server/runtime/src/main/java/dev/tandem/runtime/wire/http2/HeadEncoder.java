package dev.tandem.runtime.wire.http2;

import io.helidon.http.Header;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes header blocks without state, mostly of requests for Helidon's decoder: literals and the
 * static table only, so it needs no state (RFC 7541, section 6).
 */
final class HeadEncoder {
    private static final int INDEXED = 0x80;
    private static final int NAME_AUTHORITY = 1;
    private static final int NAME_METHOD = 2;
    private static final int NAME_PATH = 4;
    private static final int NAME_SCHEME = 6;

    /** {@code POST http://x/}, whatever the request says: Helidon only starts a thread for it. */
    private static final byte[] PLACEHOLDER = {
        (byte) (INDEXED | 3), (byte) (INDEXED | 6), (byte) (INDEXED | 4), NAME_AUTHORITY, 1, 'x'
    };

    private HeadEncoder() {}

    /** HEADERS of an owned stream; its client's side never ends as far as Helidon knows. */
    static byte[] placeholder(int streamId) {
        return Frames.frame(Frames.HEADERS, Frames.END_HEADERS, streamId, PLACEHOLDER);
    }

    /** HEADERS of a plain stream. */
    static byte[] encode(RequestHead head, int streamId, boolean endStream) {
        ByteArrayOutputStream block = new ByteArrayOutputStream(head.size());
        pseudo(block, NAME_METHOD, head.method());
        pseudo(block, NAME_SCHEME, head.decoded().scheme());
        pseudo(block, NAME_PATH, head.path());
        pseudo(block, NAME_AUTHORITY, head.decoded().authority());
        for (Header header : head.headers()) {
            for (String value : header.allValues()) {
                literal(block, header.headerName().lowerCase(), value);
            }
        }
        int flags = Frames.END_HEADERS | (endStream ? Frames.END_STREAM : 0);
        return Frames.frame(Frames.HEADERS, flags, streamId, block.toByteArray());
    }

    /** A field that no table keeps, with its name (RFC 7541, section 6.2.2). */
    static void literal(ByteArrayOutputStream block, String name, String value) {
        block.write(0);
        string(block, name);
        string(block, value);
    }

    private static void pseudo(ByteArrayOutputStream block, int name, @Nullable String value) {
        if (value != null) {
            block.write(name);
            string(block, value);
        }
    }

    private static void string(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int rest = bytes.length;
        if (rest < 127) {
            block.write(rest);
        } else {
            block.write(127);
            rest -= 127;
            while (rest >= 128) {
                block.write((rest & 127) | 128);
                rest >>= 7;
            }
            block.write(rest);
        }
        block.writeBytes(bytes);
    }
}
