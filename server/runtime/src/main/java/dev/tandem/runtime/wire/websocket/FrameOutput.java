package dev.tandem.runtime.wire.websocket;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.CancelledException;
import dev.tandem.runtime.wire.connection.RawConnection;
import dev.tandem.runtime.wire.rest.SocketWrites;
import java.nio.charset.StandardCharsets;

/**
 * Writes the server's frames, each whole, without mask and extension (RFC 6455, section 5). Waits
 * while the client does not read. By one thread at a time; each write throws {@link
 * CancelledException} where the client is gone.
 */
final class FrameOutput {
    /** Head and payload up to here are one write. */
    private static final int ONE_WRITE = 8 * 1024;

    private static final int LONGEST_HEAD = 10;

    private final RawConnection raw;
    private final SocketWrites writes;
    private final byte[] begin = new byte[ONE_WRITE];
    private volatile long lastWrite = System.nanoTime();

    FrameOutput(RawConnection raw, SocketWrites writes) {
        this.raw = raw;
        this.writes = writes;
    }

    /** When something was written last, by {@link System#nanoTime}. */
    long lastWrite() {
        return lastWrite;
    }

    /** Writes what still is HTTP. */
    void http(String head) {
        byte[] bytes = head.getBytes(StandardCharsets.ISO_8859_1);
        write(() -> raw.write(bytes, 0, bytes.length));
    }

    /** Writes a frame. Nothing is kept of the array. */
    void frame(Opcode opcode, byte[] payload, int length) {
        int head = head(opcode, length);
        int together = Math.min(length, ONE_WRITE - head);
        System.arraycopy(payload, 0, begin, head, together);
        write(() -> {
            raw.write(begin, 0, head + together);
            if (together < length) {
                raw.write(payload, together, length - together);
            }
        });
    }

    /** Writes a Close frame; an empty one for {@link CloseCode#NOT_TOLD}. */
    void close(int code, byte[] reason) {
        if (code == CloseCode.NOT_TOLD) {
            frame(Opcode.CLOSE, reason, 0);
            return;
        }
        byte[] payload = new byte[2 + reason.length];
        payload[0] = (byte) (code >> 8);
        payload[1] = (byte) code;
        System.arraycopy(reason, 0, payload, 2, reason.length);
        frame(Opcode.CLOSE, payload, payload.length);
    }

    /** Writes an error's last message and its Close frame. */
    void fail(ApiError error, byte[] json) {
        frame(Opcode.TEXT, json, json.length);
        close(CloseCode.of(error), CloseCode.reason(error));
    }

    private int head(Opcode opcode, int length) {
        begin[0] = (byte) (0x80 | opcode.bits());
        if (length <= FrameHead.LARGEST_CONTROL) {
            begin[1] = (byte) length;
            return 2;
        }
        if (length <= 0xffff) {
            begin[1] = 126;
            begin[2] = (byte) (length >> 8);
            begin[3] = (byte) length;
            return 4;
        }
        begin[1] = 127;
        for (int i = 0; i < 8; i++) {
            begin[2 + i] = (byte) ((long) length >> (56 - 8 * i));
        }
        return LONGEST_HEAD;
    }

    private void write(Runnable step) {
        writes.run(step::run);
        lastWrite = System.nanoTime();
    }
}
