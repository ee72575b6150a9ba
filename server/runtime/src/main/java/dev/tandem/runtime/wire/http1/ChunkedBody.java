package dev.tandem.runtime.wire.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tandem.runtime.wire.connection.WireSettings;
import org.jspecify.annotations.Nullable;

/**
 * A body in chunks, checked and written anew: chunks of the bytes that have arrived, without
 * extensions, and no trailers. So Helidon 4.5.0, which refuses both and reads a chunk whole
 * whatever its size, sees neither, and there is one reader who decides where the body ends.
 */
final class ChunkedBody {
    private static final byte[] END = "0\r\n\r\n".getBytes(ISO_8859_1);

    /** Bytes of framing that a body may have beyond what is usual for its chunks. */
    private static final int SURPLUS = 16 * 1024;

    /** Bytes of framing that are usual for a chunk: its size, CR LF twice, a short extension. */
    private static final int USUAL = 16;

    private enum At {
        LINE,
        DATA,
        RETURN,
        LINE_FEED,
        TRAILERS,
        ENDED
    }

    private final ChunkLine line = new ChunkLine();
    private final Trailers trailers;
    private final long largestBody;
    private At at = At.LINE;
    private long left; // of the chunk
    private long told; // sizes of all chunks
    private long surplus;
    private int taken;

    ChunkedBody(WireSettings.Http1 limits, long largestBody) {
        trailers = new Trailers(limits);
        this.largestBody = largestBody;
    }

    /**
     * The next piece of the body, in chunks; null where more bytes must arrive first. {@link
     * #taken} says how many were used up.
     *
     * @throws dev.tandem.runtime.call.ApiException where the bytes are no chunks
     */
    byte @Nullable [] next(byte[] bytes, int from, int to) {
        int next = from;
        while (next < to && at != At.ENDED) {
            if (at == At.DATA) {
                int size = (int) Math.min(left, to - next);
                left -= size;
                at = left == 0 ? At.RETURN : At.DATA;
                taken = next + size - from;
                return chunk(bytes, next, size);
            }
            at = framing(bytes[next++]);
        }
        taken = next - from;
        return at == At.ENDED ? END : null;
    }

    private At framing(byte b) {
        return switch (at) {
            case LINE -> line.take(b) ? lineEnd() : At.LINE;
            case RETURN -> expect(b, Octets.CR, At.LINE_FEED);
            case LINE_FEED -> expect(b, Octets.LF, nextLine());
            default -> trailers.take(b) ? At.ENDED : At.TRAILERS;
        };
    }

    private At lineEnd() {
        left = line.size();
        told += left;
        if (told < 0 || told > largestBody) {
            throw Malformed.bodyTooLarge(largestBody);
        }
        surplus = Math.max(0, surplus + line.length() - USUAL - 2 * left);
        if (surplus > SURPLUS) {
            throw Malformed.request("its chunks are more framing than body.");
        }
        return left == 0 ? At.TRAILERS : At.DATA;
    }

    private At nextLine() {
        line.begin();
        return At.LINE;
    }

    private static At expect(byte b, byte expected, At next) {
        if (b != expected) {
            throw Malformed.request("a chunk is not as long as its size says.");
        }
        return next;
    }

    private static byte[] chunk(byte[] bytes, int from, int size) {
        int digits = (35 - Integer.numberOfLeadingZeros(size)) / 4;
        byte[] chunk = new byte[digits + size + 4];
        for (int i = digits - 1, rest = size; i >= 0; i--, rest >>= 4) {
            int digit = rest & 15;
            chunk[i] = (byte) (digit < 10 ? '0' + digit : 'a' + digit - 10);
        }
        chunk[digits] = Octets.CR;
        chunk[digits + 1] = Octets.LF;
        System.arraycopy(bytes, from, chunk, digits + 2, size);
        chunk[digits + 2 + size] = Octets.CR;
        chunk[digits + 3 + size] = Octets.LF;
        return chunk;
    }

    /** How many bytes the last call of {@link #next} used up. */
    int taken() {
        return taken;
    }

    /** Has the last chunk been passed on? */
    boolean ended() {
        return at == At.ENDED;
    }
}
