package dev.tandem.bench.wire;

/** The chunks of a conversation's answer: its tokens, and before and behind them others. */
final class ChunkCheck implements Body.Messages {
    /** That with the role, and that with the finish reason. */
    private static final int OTHERS = 2;

    private final Body.Messages tokens;
    private int others;

    ChunkCheck(TokenCheck tokens) {
        this.tokens = tokens;
    }

    @Override
    public void message(byte[] array, int offset, int length) {
        if (WholeCheck.mark(array, offset, length) < 0) {
            others++;
        } else {
            tokens.message(array, offset, length);
        }
    }

    @Override
    public void end() {
        if (others != OTHERS) {
            throw new IllegalStateException(others + " chunks without a token, not " + OTHERS);
        }
        tokens.end();
    }
}
