package dev.tandem.runtime.wire.envelope;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Where a message becomes a frame: serialised straight behind its prefix, into an array that the
 * next message of the stream uses again. Used by one thread at a time.
 */
public final class FrameBuffer {
    /** How many bytes stand in front of a frame's message: flags and length. */
    public static final int PREFIX = 5;

    private static final int SMALLEST = 256;
    private static final int KEPT = 64 << 10; // a larger array is not worth keeping for a stream

    private byte[] array = {};
    private int length;

    /** The array that holds the frame, from its beginning. */
    public byte[] array() {
        return array;
    }

    /** The length of the frame. */
    public int length() {
        return length;
    }

    /** Whether the frame's message is compressed. */
    public boolean compressed() {
        return length > 0 && array[0] == 1;
    }

    /** Writes a message as a frame. */
    public void fill(Message message, Codec codec, int compressFromBytes) {
        codec.write(message, this);
        int size = length - PREFIX;
        if (size >= compressFromBytes) {
            compress(size);
        }
    }

    /** Writes a frame of the protocol's own, uncompressed. */
    public void fill(int flags, byte[] payload) {
        bytes(payload, payload.length);
        array[0] = (byte) flags;
    }

    /** Puts a message in, in binary. */
    void binary(Message message) {
        int size = message.getSerializedSize();
        reserve(PREFIX + size);
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(array, PREFIX, size);
            message.writeTo(out);
            out.checkNoSpaceLeft();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        prefix(0, size);
    }

    /** Puts the first bytes of an array in. */
    void bytes(byte[] source, int size) {
        reserve(PREFIX + size);
        System.arraycopy(source, 0, array, PREFIX, size);
        prefix(0, size);
    }

    /** Forgets the frame; an unusually large array goes with it. */
    public void clear() {
        length = 0;
        if (array.length > KEPT) {
            array = new byte[SMALLEST];
        }
    }

    private void compress(int size) {
        Packed packed = new Packed(size / 2);
        Gzip.pack(array, PREFIX, size, packed);
        if (packed.size() - PREFIX < size) {
            array = packed.bytes();
            prefix(1, packed.size() - PREFIX);
        }
    }

    private void prefix(int flags, int size) {
        array[0] = (byte) flags;
        array[1] = (byte) (size >> 24);
        array[2] = (byte) (size >> 16);
        array[3] = (byte) (size >> 8);
        array[4] = (byte) size;
        length = PREFIX + size;
    }

    private void reserve(int needed) {
        if (array.length < needed) {
            array =
                    new byte
                            [Math.max(
                                    needed, Math.min(Math.max(SMALLEST, 2 * array.length), KEPT))];
        }
    }

    /** Packed bytes behind room for a prefix, in an array that may be taken without a copy. */
    private static final class Packed extends ByteArrayOutputStream {
        Packed(int expected) {
            super(PREFIX + expected);
            count = PREFIX;
        }

        byte[] bytes() {
            return buf;
        }
    }
}
