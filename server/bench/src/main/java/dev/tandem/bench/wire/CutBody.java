package dev.tandem.bench.wire;

import java.util.Arrays;

/** A body that is cut into messages as its bytes come; what is not whole yet is kept. */
abstract class CutBody implements Body {
    private byte[] part = {};

    @Override
    public final void bytes(byte[] array, int offset, int length) {
        if (part.length == 0) {
            keep(array, cut(array, offset, offset + length), offset + length);
            return;
        }
        byte[] whole = Arrays.copyOf(part, part.length + length);
        System.arraycopy(array, offset, whole, part.length, length);
        keep(whole, cut(whole, 0, whole.length), whole.length);
    }

    /** Takes the whole messages out; returns where the first that is not whole begins. */
    abstract int cut(byte[] array, int from, int to);

    private void keep(byte[] array, int from, int to) {
        if (from < to || part.length > 0) {
            part = Arrays.copyOfRange(array, from, to);
        }
    }

    /** Has a message begun that is not whole? */
    final boolean partial() {
        return part.length > 0;
    }
}
