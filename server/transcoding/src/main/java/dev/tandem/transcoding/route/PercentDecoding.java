package dev.tandem.transcoding.route;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-decoding of path segments (RFC 3986, section 2.1). A plus stays a plus. */
final class PercentDecoding {
    /** The text is not percent-encoded UTF-8. */
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1;

        MalformedException(String text) {
            super("\"" + text + "\" is not percent-encoded UTF-8", null, false, false);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    private PercentDecoding() {}

    /** Decodes all of it. */
    static String all(String text) throws MalformedException {
        return decode(text, false);
    }

    /** Decodes all but {@code %2F}, which stays as it is written. */
    static String allButSlashes(String text) throws MalformedException {
        return decode(text, true);
    }

    private static String decode(String text, boolean keepSlashes) throws MalformedException {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%') {
                int value = hex(bytes, i + 1, text) << 4 | hex(bytes, i + 2, text);
                if (value != '/' || !keepSlashes) {
                    bytes[length++] = (byte) value;
                    i += 2;
                    continue;
                }
            }
            bytes[length++] = bytes[i];
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException(text);
        }
    }

    private static int hex(byte[] bytes, int at, String text) throws MalformedException {
        int digit = at < bytes.length ? Character.digit(bytes[at], 16) : -1;
        if (digit < 0) {
            throw new MalformedException(text);
        }
        return digit;
    }
}
