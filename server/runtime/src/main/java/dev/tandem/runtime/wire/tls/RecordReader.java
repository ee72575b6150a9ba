package dev.tandem.runtime.wire.tls;

import io.helidon.common.socket.HelidonSocket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Decrypts what arrives, a record at a time. One thread at a time reads. */
final class RecordReader {
    private static final byte[] NOTHING = {};

    /** Type, version and length (RFC 8446, section 5.1). */
    private static final int HEADER = 5;

    /** The longest record of TLS 1.2, which may be longer than one of 1.3. */
    private static final int LONGEST = HEADER + PacketBuffers.PLAIN + 2048;

    private final HelidonSocket socket;
    private final SSLEngine engine;
    private byte[] raw;
    private int from;

    /**
     * @param first what was read from the socket already
     */
    RecordReader(HelidonSocket socket, SSLEngine engine, byte[] first) {
        this.socket = socket;
        this.engine = engine;
        raw = first;
    }

    /**
     * What one record brought.
     *
     * @param plain empty where it was the protocol's own
     * @param next what the engine wants to do
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Arrived(byte[] plain, SSLEngineResult.HandshakeStatus next) {}

    /** Waits for a record; null when nothing more comes. */
    @Nullable Arrived next() throws SSLException {
        while (!whole()) {
            if (!readMore()) {
                return null;
            }
        }
        ByteBuffer source = ByteBuffer.wrap(raw, from, raw.length - from);
        byte[] room = new byte[Math.min(source.remaining(), LONGEST)];
        SSLEngineResult result = engine.unwrap(source, ByteBuffer.wrap(room));
        from = source.position();
        drop();
        return switch (result.getStatus()) {
            case OK ->
                    new Arrived(trimmed(room, result.bytesProduced()), result.getHandshakeStatus());
            case CLOSED -> null;
            case BUFFER_UNDERFLOW, BUFFER_OVERFLOW ->
                    throw new SSLException("a record is not as long as it says");
        };
    }

    /** Is there a whole record? One that is longer than allowed is the engine's to refuse. */
    private boolean whole() {
        int available = raw.length - from;
        if (available < HEADER) {
            return false;
        }
        int length = ((raw[from + 3] & 0xff) << 8) | (raw[from + 4] & 0xff);
        return available >= Math.min(HEADER + length, LONGEST);
    }

    private void drop() {
        if (from == raw.length) {
            raw = NOTHING;
            from = 0;
        }
    }

    private boolean readMore() {
        byte[] more = socket.get();
        if (more == null) {
            return false;
        }
        int left = raw.length - from;
        if (left == 0) {
            raw = more;
        } else {
            byte[] joined = Arrays.copyOfRange(raw, from, raw.length + more.length);
            System.arraycopy(more, 0, joined, left, more.length);
            raw = joined;
        }
        from = 0;
        return true;
    }

    private static byte[] trimmed(byte[] room, int length) {
        return length == room.length ? room : Arrays.copyOf(room, length);
    }
}
