package dev.tandem.bench.wire;

import java.nio.charset.StandardCharsets;

/** One whole answer, which has the first token; see {@link Tokens}. */
final class WholeCheck implements Body.Messages {
    private final long begun;
    private final Tally tally;
    private boolean answered;

    /**
     * @param begun when it was asked
     */
    WholeCheck(long begun, Tally tally) {
        this.begun = begun;
        this.tally = tally;
    }

    /** Where a token begins; negative where there is none. */
    static int mark(byte[] array, int offset, int length) {
        for (int at = offset + length - 1; at >= offset; at--) {
            if (array[at] == Tokens.MARK) {
                return at;
            }
        }
        return -1;
    }

    @Override
    public void message(byte[] array, int offset, int length) {
        if (answered || mark(array, offset, length) < 0) {
            throw new IllegalStateException(
                    "not the answer that was expected: "
                            + new String(array, offset, length, StandardCharsets.UTF_8));
        }
        answered = true;
    }

    @Override
    public void end() {
        if (!answered) {
            throw new IllegalStateException("a call without an answer");
        }
        tally.answered(begun);
    }
}
