package dev.tandem.bench.wire;

import java.util.Arrays;

/** One answer, which says what was asked. */
final class EchoCheck implements Body.Messages {
    private final byte[] expected;
    private final Tally tally;
    private boolean answered;

    /**
     * @param expected the message, whose encoding is that of the request
     */
    EchoCheck(byte[] expected, Tally tally) {
        this.expected = expected;
        this.tally = tally;
    }

    @Override
    public void message(byte[] array, int offset, int length) {
        if (answered
                || !Arrays.equals(array, offset, offset + length, expected, 0, expected.length)) {
            throw new IllegalStateException("not the answer that was expected");
        }
        answered = true;
    }

    @Override
    public void end() {
        if (!answered) {
            throw new IllegalStateException("a call without an answer");
        }
        tally.unit();
    }
}
