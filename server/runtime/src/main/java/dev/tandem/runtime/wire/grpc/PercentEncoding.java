package dev.tandem.runtime.wire.grpc;

import java.nio.charset.StandardCharsets;

/**
 * The encoding of {@code grpc-message}: UTF-8, every byte but visible ASCII and space as {@code
 * %XX}, so that the header is ASCII whatever the message says.
 */
final class PercentEncoding {
    private static final String HEX = "0123456789ABCDEF";

    private PercentEncoding() {}

    /**
     * The encoded text, cut behind the last whole character that fits.
     *
     * @param longest how many characters the result may have, 0 or more
     */
    static String encode(String text, int longest) {
        StringBuilder out = new StringBuilder(Math.min(text.length() + 16, longest));
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            int before = out.length();
            append(out, character);
            if (out.length() > longest) {
                out.setLength(before);
                break;
            }
            i += Character.charCount(character);
        }
        return out.toString();
    }

    private static void append(StringBuilder out, int character) {
        if (character >= ' ' && character <= '~' && character != '%') {
            out.append((char) character);
            return;
        }
        for (byte b : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
            out.append('%').append(HEX.charAt((b >> 4) & 15)).append(HEX.charAt(b & 15));
        }
    }
}
