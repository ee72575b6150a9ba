package dev.tandem.transcoding.json;

import java.nio.charset.StandardCharsets;

/**
 * A Java string as the inside of a JSON string in UTF-8. Only what JSON demands is escaped; a lone
 * surrogate becomes U+FFFD.
 */
final class Escapes {
    /**
     * How many chars are encoded at a time, so that a long text does not ask for six times its
     * length at once.
     */
    static final int PORTION = 512;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final boolean[] PLAIN = new boolean[128];

    static {
        for (int c = ' '; c < 128; c++) {
            PLAIN[c] = c != '"' && c != '\\';
        }
    }

    private Escapes() {}

    /** The bytes that so many chars may take: six for each, and a pair that begins at their end. */
    static int room(int chars) {
        return chars * 6 + 8;
    }

    /**
     * Encodes the chars from {@code from} until {@code to}, or one more where a surrogate pair ends
     * there.
     *
     * @return the index of the next char in the upper 32 bits, the index of the next free byte in
     *     the lower
     */
    static long encode(String text, int from, int to, byte[] bytes, int at) {
        int in = from;
        int out = at;
        while (in < to) {
            char c = text.charAt(in);
            if (c >= 128 || !PLAIN[c]) {
                return slowly(text, in, to, bytes, out);
            }
            bytes[out++] = (byte) c;
            in++;
        }
        return ((long) in << 32) | out;
    }

    private static long slowly(String text, int from, int to, byte[] bytes, int at) {
        int in = from;
        int out = at;
        while (in < to) {
            char c = text.charAt(in++);
            if (c < 128) {
                out = ascii((byte) c, bytes, out);
            } else if (c < 0x800) {
                bytes[out++] = (byte) (0xc0 | (c >> 6));
                bytes[out++] = (byte) (0x80 | (c & 63));
            } else if (Character.isHighSurrogate(c)
                    && in < text.length()
                    && Character.isLowSurrogate(text.charAt(in))) {
                int point = Character.toCodePoint(c, text.charAt(in++));
                bytes[out++] = (byte) (0xf0 | (point >> 18));
                bytes[out++] = (byte) (0x80 | ((point >> 12) & 63));
                bytes[out++] = (byte) (0x80 | ((point >> 6) & 63));
                bytes[out++] = (byte) (0x80 | (point & 63));
            } else {
                int known = Character.isSurrogate(c) ? 0xfffd : c;
                bytes[out++] = (byte) (0xe0 | (known >> 12));
                bytes[out++] = (byte) (0x80 | ((known >> 6) & 63));
                bytes[out++] = (byte) (0x80 | (known & 63));
            }
        }
        return ((long) in << 32) | out;
    }

    private static int ascii(byte c, byte[] bytes, int at) {
        int out = at;
        if (PLAIN[c]) {
            bytes[out++] = c;
            return out;
        }
        bytes[out++] = '\\';
        switch (c) {
            case '"', '\\' -> bytes[out++] = c;
            case '\n' -> bytes[out++] = 'n';
            case '\r' -> bytes[out++] = 'r';
            case '\t' -> bytes[out++] = 't';
            default -> {
                bytes[out++] = 'u';
                bytes[out++] = '0';
                bytes[out++] = '0';
                bytes[out++] = HEX[c >> 4];
                bytes[out++] = HEX[c & 15];
            }
        }
        return out;
    }
}
