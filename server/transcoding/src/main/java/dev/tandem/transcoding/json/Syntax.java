package dev.tandem.transcoding.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/** Bytes that are not JSON, said with line and column and without the caller's text. */
final class Syntax {
    private Syntax() {}

    static JsonException malformed(JacksonException failure, JsonParser parser, Source source) {
        TokenStreamLocation at = failure.getLocation();
        if (at == null || at.getLineNr() < 1) { // of Jackson's limits
            at = parser.currentLocation();
        }
        int line = at == null ? 1 : Math.max(1, at.getLineNr());
        int column = at == null ? 1 : Math.max(1, at.getColumnNr());
        return JsonException.malformed(what(failure, at, source), line, column);
    }

    static JsonException trailing(JsonParser parser) {
        TokenStreamLocation at = parser.currentTokenLocation();
        return JsonException.malformed(
                "something follows the value", at.getLineNr(), at.getColumnNr());
    }

    static JsonException notUtf8(byte[] bytes, int offset, int length) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes, offset, length);
        CharBuffer out = CharBuffer.allocate(1024);
        while (decoder.decode(in, out, true).isOverflow()) {
            out.clear();
        }
        int bad = in.hasRemaining() ? in.position() : offset;
        int line = 1;
        int column = 1;
        for (int i = offset; i < bad; i++) {
            column = bytes[i] == '\n' ? 1 : column + 1;
            line += bytes[i] == '\n' ? 1 : 0;
        }
        return JsonException.malformed("the text is not UTF-8", line, column);
    }

    private static String what(JacksonException failure, TokenStreamLocation at, Source source) {
        if (failure instanceof StreamConstraintsException) {
            return limit(failure.getOriginalMessage());
        }
        if (failure instanceof UnexpectedEndOfInputException || at == null) {
            return "the text ends too early";
        }
        long index = source.offset() + at.getByteOffset();
        if (index < source.offset() || index >= source.offset() + source.length()) {
            return "the text is broken off or has an unexpected character";
        }
        int c = source.bytes()[(int) index];
        return c > ' ' && c < 127
                ? "unexpected character '" + (char) c + "' or what is in front of it"
                : "unexpected character";
    }

    private static String limit(String message) {
        if (message.contains("nesting")) {
            return "it is nested deeper than " + Source.MAX_DEPTH + " levels";
        }
        if (message.contains("Number")) {
            return "a number has more than "
                    + Source.JSON.streamReadConstraints().getMaxNumberLength()
                    + " characters";
        }
        if (message.contains("Name")) {
            return "a name has more than "
                    + Source.JSON.streamReadConstraints().getMaxNameLength()
                    + " characters";
        }
        return "a string has more than "
                + Source.JSON.streamReadConstraints().getMaxStringLength()
                + " characters";
    }
}
