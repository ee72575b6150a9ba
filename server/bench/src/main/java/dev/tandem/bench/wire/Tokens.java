package dev.tandem.bench.wire;

import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChunkChoice;
import dev.tandem.v1.Delta;
import java.nio.charset.StandardCharsets;

/**
 * The chunks of one stream, of equal length. The text of each holds its number and the time at
 * which it was due, so that whoever receives it can tell what is missing and how late it is. Every
 * server under test makes its chunks here.
 */
final class Tokens {
    /** Stands before the digits, and nowhere else in a chunk. */
    static final byte MARK = '@';

    static final int NUMBER_DIGITS = 8;
    static final int TIME_DIGITS = 16;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final ChatChunk.Builder chunk;
    private final byte[] text = new byte[2 + NUMBER_DIGITS + TIME_DIGITS];
    private int number;

    Tokens() {
        this(
                ChatChunk.newBuilder()
                        .setId("chatcmpl-25aa1b35f7a77a9b8af1aff8")
                        .setCreated(1_795_277_796L)
                        .setModel("SmolLM2-135M-Instruct")
                        .build());
    }

    /**
     * @param envelope id, time and model, set in every chunk
     */
    Tokens(ChatChunk envelope) {
        chunk = envelope.toBuilder();
        text[0] = ' ';
        text[1] = MARK;
    }

    /**
     * The next chunk.
     *
     * @param due when it was to leave, by {@link System#nanoTime()}; 0 where it does not matter
     */
    @SuppressWarnings("deprecation") // the digits are ASCII: a copy, nothing to decode
    ChatChunk next(long due) {
        put(text, number++, 2, NUMBER_DIGITS);
        put(text, due, 2 + NUMBER_DIGITS, TIME_DIGITS);
        Delta delta = Delta.newBuilder().setContent(new String(text, 0)).build();
        return chunk.clearChoices().addChoices(ChunkChoice.newBuilder().setDelta(delta)).build();
    }

    /** Writes a number in hexadecimal digits. */
    static void put(byte[] text, long value, int offset, int digits) {
        for (int i = 0; i < digits; i++) {
            text[offset + i] = HEX[(int) (value >>> 4 * (digits - 1 - i)) & 15];
        }
    }
}
