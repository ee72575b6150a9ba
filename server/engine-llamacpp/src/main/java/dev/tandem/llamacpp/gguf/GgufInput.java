package dev.tandem.llamacpp.gguf;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * Little-endian reading from the start of a file, never past its end, without holding more than one
 * buffer of it.
 */
final class GgufInput {
    private static final int BUFFER_BYTES = 1 << 16;

    private final FileChannel channel;
    private final long size;
    private final ByteBuffer buffer =
            ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN).limit(0);
    private long position;

    GgufInput(FileChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.size();
    }

    /** The length of the file. */
    long size() {
        return size;
    }

    /** Where the next byte is read. */
    long position() {
        return position;
    }

    long remaining() {
        return size - position;
    }

    int i32() throws IOException {
        require(Integer.BYTES);
        return buffer.getInt();
    }

    long i64() throws IOException {
        require(Long.BYTES);
        return buffer.getLong();
    }

    int u8() throws IOException {
        require(1);
        return buffer.get() & 0xff;
    }

    int u16() throws IOException {
        require(Short.BYTES);
        return buffer.getShort() & 0xffff;
    }

    /**
     * The length of what follows.
     *
     * @param unit bytes that each element takes at least; a count the file cannot hold is refused
     *     here
     */
    long count(long unit, long most, String what) throws IOException {
        long count = i64();
        if (count < 0 || count > most || count > remaining() / unit) {
            throw new Malformed(
                    "it claims "
                            + Long.toUnsignedString(count)
                            + " "
                            + what
                            + ", more than it can hold");
        }
        return count;
    }

    /** The next bytes; the length was checked against what is left. */
    byte[] bytes(int length) throws IOException {
        byte[] taken = new byte[length];
        for (int done = 0; done < length; ) {
            require(1);
            int part = Math.min(length - done, buffer.remaining());
            buffer.get(taken, done, part);
            position += part - 1; // one was counted by require
            done += part;
        }
        return taken;
    }

    void skip(long length) {
        if (length > remaining()) {
            throw new Malformed("it ends in the middle of a value");
        }
        if (length <= buffer.remaining()) {
            buffer.position(buffer.position() + (int) length);
        } else {
            buffer.limit(0);
        }
        position += length;
    }

    /** Has the buffer hold that many bytes and counts them as read. */
    private void require(int length) throws IOException {
        if (length > remaining()) {
            throw new Malformed("it ends after " + size + " bytes, in the middle of its header");
        }
        if (buffer.remaining() < length) {
            fill(length);
        }
        position += length;
    }

    private void fill(int atLeast) throws IOException {
        long from = position + buffer.remaining();
        buffer.compact();
        while (buffer.position() < atLeast) {
            int read = channel.read(buffer, from);
            if (read < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
            from += read;
        }
        buffer.flip();
    }
}
