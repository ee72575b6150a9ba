package dev.tandem.bench.wire;

import java.nio.charset.StandardCharsets;

/** The tokens of one stream: all of them, in order, of equal length. See {@link Tokens}. */
final class TokenCheck implements Body.Messages {
    private static final int DIGITS = Tokens.NUMBER_DIGITS + Tokens.TIME_DIGITS;

    private final int expected;
    private final Tally tally;
    private int received;
    private int size;

    TokenCheck(int expected, Tally tally) {
        this.expected = expected;
        this.tally = tally;
    }

    @Override
    public void message(byte[] array, int offset, int length) {
        int at = offset + length - DIGITS;
        while (at >= offset && array[at - 1] != Tokens.MARK) {
            at--;
        }
        if (received == 0) {
            size = length;
        }
        if (at < offset || size != length || hex(array, at, Tokens.NUMBER_DIGITS) != received) {
            throw new IllegalStateException(
                    "not token %d: %s"
                            .formatted(
                                    received,
                                    new String(array, offset, length, StandardCharsets.UTF_8)));
        }
        received++;
        tally.token(hex(array, at + Tokens.NUMBER_DIGITS, Tokens.TIME_DIGITS));
    }

    @Override
    public void end() {
        if (received != expected) {
            throw new IllegalStateException(received + " tokens of " + expected);
        }
    }

    private static long hex(byte[] array, int offset, int digits) {
        long value = 0;
        for (int i = offset; i < offset + digits; i++) {
            value = value << 4 | (array[i] <= '9' ? array[i] - '0' : array[i] - 'a' + 10);
        }
        return value;
    }
}
