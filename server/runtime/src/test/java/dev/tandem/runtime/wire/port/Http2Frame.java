package dev.tandem.runtime.wire.port;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** One frame as it came. */
final class Http2Frame {
    final int type;
    final int flags;
    final int id;
    final byte[] payload;

    private Http2Frame(int type, int flags, int id, byte[] payload) {
        this.type = type;
        this.flags = flags;
        this.id = id;
        this.payload = payload;
    }

    /** Waits for the next frame; an {@link EOFException} where the connection ended. */
    static Http2Frame read(DataInputStream in) throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int id = in.readInt() & Integer.MAX_VALUE;
        byte[] payload = in.readNBytes(length);
        if (payload.length < length) {
            throw new EOFException();
        }
        return new Http2Frame(type, flags, id, payload);
    }

    int int32(int at) {
        return ByteBuffer.wrap(payload).getInt(at);
    }

    boolean ends() {
        return type <= Http2Format.HEADERS && (flags & Http2Format.END_STREAM) != 0;
    }

    @Override
    public String toString() {
        return "type " + type + " flags " + flags + " id " + id + " length " + payload.length;
    }
}
