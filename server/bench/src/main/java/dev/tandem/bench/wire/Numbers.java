package dev.tandem.bench.wire;

/** Numbers as the network writes them. */
final class Numbers {
    private Numbers() {}

    static int int24(byte[] array, int at) {
        return (array[at] & 255) << 16 | (array[at + 1] & 255) << 8 | array[at + 2] & 255;
    }

    static int int32(byte[] array, int at) {
        return array[at] << 24 | int24(array, at + 1);
    }
}
