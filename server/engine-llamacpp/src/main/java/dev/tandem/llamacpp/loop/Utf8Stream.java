package dev.tandem.llamacpp.loop;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Turns UTF-8 that arrives in arbitrary parts into text. A character's first bytes wait for the
 * rest; what cannot be one is U+FFFD.
 */
public final class Utf8Stream {
    private static final int LONGEST_CHARACTER = 4;

    private final CharsetDecoder decoder =
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private byte[] held = {};

    /** The characters that are complete with these bytes. */
    public String decode(byte[] bytes) {
        return decode(bytes, false);
    }

    /** U+FFFD where the end of the input left a character incomplete, else nothing. */
    public String finish() {
        return decode(new byte[0], true);
    }

    private String decode(byte[] bytes, boolean end) {
        ByteBuffer in = ByteBuffer.allocate(held.length + bytes.length);
        in.put(held).put(bytes).flip();
        CharBuffer out = CharBuffer.allocate(in.remaining() + LONGEST_CHARACTER);
        decoder.reset();
        decoder.decode(in, out, end);
        if (end) {
            decoder.flush(out);
        }
        held = new byte[in.remaining()];
        in.get(held);
        return out.flip().toString();
    }
}
