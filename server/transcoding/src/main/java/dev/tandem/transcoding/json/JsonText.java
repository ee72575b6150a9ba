package dev.tandem.transcoding.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Checks that bytes are one JSON value (RFC 8259) and drops the white space between its tokens, in
 * place. Strings are not decoded.
 */
final class JsonText {
    private static final int MAX_DEPTH = 100;

    private final byte[] text;
    private int in;
    private int out;

    private JsonText(byte[] text) {
        this.text = text;
    }

    /**
     * The value without white space between tokens; key order and number spelling stay.
     *
     * @param text is overwritten
     * @throws IllegalArgumentException when it is not one JSON value, or nested more than 100 deep
     */
    static byte[] compact(byte[] text) {
        JsonText scan = new JsonText(text);
        scan.value(0);
        scan.space();
        if (scan.in < text.length) {
            throw scan.broken("something follows the value");
        }
        return scan.out == text.length ? text : Arrays.copyOf(text, scan.out);
    }

    /** Whether the text is one number in JSON's spelling. */
    static boolean isNumber(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || (bytes[0] != '-' && !isDigit(bytes[0]))) {
            return false;
        }
        try {
            compact(bytes);
            return bytes[bytes.length - 1] > ' ';
        } catch (IllegalArgumentException other) {
            return false;
        }
    }

    private void value(int depth) {
        space();
        switch (peek()) {
            case '{' -> object(depth + 1);
            case '[' -> array(depth + 1);
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        }
    }

    private void object(int depth) {
        open(depth);
        if (peek() == '}') {
            take();
            return;
        }
        do {
            space();
            string();
            space();
            expect(':');
            value(depth);
            space();
        } while (more('}'));
    }

    private void array(int depth) {
        open(depth);
        if (peek() == ']') {
            take();
            return;
        }
        do {
            value(depth);
            space();
        } while (more(']'));
    }

    private void open(int depth) {
        if (depth > MAX_DEPTH) {
            throw broken("it is nested deeper than " + MAX_DEPTH + " levels");
        }
        take();
        space();
    }

    private boolean more(int bracket) {
        if (peek() == ',') {
            take();
            return true;
        }
        expect(bracket);
        return false;
    }

    private void string() {
        expect('"');
        while (peek() != '"') {
            if (peek() >= 0 && peek() < ' ') {
                throw broken("a control character in a string must be escaped");
            }
            if (peek() == '\\') {
                take();
                escape();
            } else {
                take();
            }
        }
        take();
    }

    private void escape() {
        int c = peek();
        if ("\"\\/bfnrt".indexOf(c) < 0 && c != 'u') {
            throw broken("unknown escape");
        }
        take();
        for (int i = 0; c == 'u' && i < 4; i++) {
            if (Character.digit(peek(), 16) < 0) {
                throw broken("\\u needs four hexadecimal digits");
            }
            take();
        }
    }

    private void number() {
        if (peek() == '-') {
            take();
        }
        if (peek() == '0') {
            take();
        } else {
            digits();
        }
        if (in < text.length && text[in] == '.') {
            take();
            digits();
        }
        if (in < text.length && (text[in] == 'e' || text[in] == 'E')) {
            take();
            if (peek() == '+' || peek() == '-') {
                take();
            }
            digits();
        }
    }

    private void digits() {
        if (!isDigit(peek())) {
            throw broken("unexpected character");
        }
        while (in < text.length && isDigit(text[in])) {
            take();
        }
    }

    private void word(String word) {
        for (int i = 0; i < word.length(); i++) {
            expect(word.charAt(i));
        }
    }

    private void expect(int c) {
        if (peek() != c) {
            throw broken("unexpected character");
        }
        take();
    }

    private int peek() {
        if (in >= text.length) {
            throw broken("it ends too early");
        }
        return text[in];
    }

    private void take() {
        text[out++] = text[in++];
    }

    private void space() {
        while (in < text.length
                && (text[in] == ' ' || text[in] == '\n' || text[in] == '\r' || text[in] == '\t')) {
            in++;
        }
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private IllegalArgumentException broken(String what) {
        return new IllegalArgumentException("not JSON at byte " + in + ": " + what);
    }
}
