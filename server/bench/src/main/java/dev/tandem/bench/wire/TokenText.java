package dev.tandem.bench.wire;

import java.nio.charset.StandardCharsets;

/** The text of a token for servers that make their bytes themselves; see {@link Tokens}. */
public final class TokenText {
    /** The model of such servers. */
    public static final String MODEL = BenchEngine.MODEL;

    private static final int BEFORE = 2; // a blank and the mark

    private TokenText() {}

    /**
     * The text.
     *
     * @param due by {@link System#nanoTime()}; 0 where it does not matter
     */
    public static String of(int number, long due) {
        byte[] text = new byte[BEFORE + Tokens.NUMBER_DIGITS + Tokens.TIME_DIGITS];
        text[0] = ' ';
        text[1] = Tokens.MARK;
        put(number, due, text, 0);
        return new String(text, StandardCharsets.US_ASCII);
    }

    /** Writes number and time into a text that stands at a place. */
    public static void put(int number, long due, byte[] target, int at) {
        Tokens.put(target, number, at + BEFORE, Tokens.NUMBER_DIGITS);
        Tokens.put(target, due, at + BEFORE + Tokens.NUMBER_DIGITS, Tokens.TIME_DIGITS);
    }
}
