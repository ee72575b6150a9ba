package dev.tandem.transcoding.json;

import java.util.Arrays;

/**
 * Notes about the objects that are being read, one frame of 64-bit words for each object that is
 * open: which keys were seen, which member of a oneof. A stack of one array, so that a document
 * costs one allocation and not one for each object.
 */
final class Marks {
    private long[] words = new long[16];
    private int top;

    /** A new frame of zeros; the index of its first word. */
    int open(int size) {
        int frame = top;
        top += size;
        if (top > words.length) {
            words = Arrays.copyOf(words, Math.max(top, words.length * 2));
        }
        return frame;
    }

    /** Ends the newest frame. */
    void close(int frame) {
        Arrays.fill(words, frame, top, 0);
        top = frame;
    }

    /** Sets a bit of a frame; false when it was set before. */
    boolean add(int frame, int bit) {
        int word = frame + (bit >> 6);
        long mask = 1L << bit;
        if ((words[word] & mask) != 0) {
            return false;
        }
        words[word] |= mask;
        return true;
    }

    boolean has(int frame, int bit) {
        return (words[frame + (bit >> 6)] & (1L << bit)) != 0;
    }

    long word(int index) {
        return words[index];
    }

    void set(int index, long value) {
        words[index] = value;
    }
}
