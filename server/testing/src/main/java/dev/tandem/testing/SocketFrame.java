package dev.tandem.testing;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A frame of a WebSocket (RFC 6455, section 5).
 *
 * @param last is it its message's last?
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record SocketFrame(int opcode, boolean last, byte[] payload) {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int LAST = 0x80;
    private static final int RESERVED = 0x70;
    private static final int MASKED = 0x80;
    private static final int LONGEST_HEAD = 14;

    /** A message in one frame. */
    static SocketFrame text(String text) {
        return new SocketFrame(TEXT, true, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A server's next frame. */
    static SocketFrame read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        int first = in.read();
        if (first < 0) {
            throw new EOFException("the connection ended without a Close frame");
        }
        int second = data.readUnsignedByte();
        if ((first & RESERVED) != 0 || (second & MASKED) != 0) {
            throw new IllegalStateException(
                    "the server sent a frame that is masked or has reserved bits");
        }
        long length =
                switch (second) {
                    case 126 -> data.readUnsignedShort();
                    case 127 -> data.readLong();
                    default -> second;
                };
        byte[] payload = new byte[Math.toIntExact(length)];
        data.readFully(payload);
        return new SocketFrame(first & 0x0f, (first & LAST) != 0, payload);
    }

    /** As a client sends it. */
    byte[] masked() {
        ByteBuffer frame = ByteBuffer.allocate(LONGEST_HEAD + payload.length);
        frame.put((byte) (last ? LAST | opcode : opcode));
        if (payload.length < 126) {
            frame.put((byte) (MASKED | payload.length));
        } else if (payload.length <= 0xffff) {
            frame.put((byte) (MASKED | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (MASKED | 127)).putLong(payload.length);
        }
        byte[] mask = new byte[4];
        ThreadLocalRandom.current().nextBytes(mask);
        frame.put(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ mask[i % 4]));
        }
        frame.flip();
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }
}
