package dev.tandem.bench.wire;

import java.util.Arrays;

/** Messages with prefixes of five bytes; none is compressed. */
final class GrpcBody implements Body {
    static final int PREFIX = 5;

    private final Messages messages;
    private byte[] part = {};

    GrpcBody(Messages messages) {
        this.messages = messages;
    }

    @Override
    public void bytes(byte[] array, int offset, int length) {
        if (part.length == 0) {
            keep(array, cut(array, offset, offset + length), offset + length);
            return;
        }
        byte[] whole = Arrays.copyOf(part, part.length + length);
        System.arraycopy(array, offset, whole, part.length, length);
        keep(whole, cut(whole, 0, whole.length), whole.length);
    }

    private int cut(byte[] array, int from, int to) {
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

    private void keep(byte[] array, int from, int to) {
        if (from < to || part.length > 0) {
            part = Arrays.copyOfRange(array, from, to);
        }
    }

    @Override
    public void end() {
        if (part.length > 0) {
            throw new IllegalStateException("the last message is cut off");
        }
        messages.end();
    }
}
