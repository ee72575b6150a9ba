package dev.tandem.bench.wire;

import java.nio.ByteBuffer;

/** Messages with prefixes of five bytes; none is compressed. */
final class GrpcBody extends CutBody {
    static final int PREFIX = 5;

    private final Messages messages;

    GrpcBody(Messages messages) {
        this.messages = messages;
    }

    /** A message behind its prefix. */
    static byte[] framed(byte[] message) {
        return ByteBuffer.allocate(PREFIX + message.length)
                .put((byte) 0)
                .putInt(message.length)
                .put(message)
                .array();
    }

    @Override
    int cut(byte[] array, int from, int to) {
        int at = from;
        while (to - at >= PREFIX) {
            if (array[at] != 0) {
                throw new IllegalStateException("a compressed message");
            }
            int size = Numbers.int32(array, at + 1);
            if (to - at - PREFIX < size) {
                break;
            }
            messages.message(array, at + PREFIX, size);
            at += PREFIX + size;
        }
        return at;
    }

    @Override
    public void end() {
        if (partial()) {
            throw new IllegalStateException("the last message is cut off");
        }
        messages.end();
    }
}
