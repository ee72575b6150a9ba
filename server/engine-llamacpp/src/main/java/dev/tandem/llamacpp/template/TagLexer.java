package dev.tandem.llamacpp.template;

import dev.tandem.llamacpp.template.Token.Kind;
import java.util.List;

/** Reads what stands inside a tag: names, numbers, strings and operators. */
final class TagLexer {
    /** Longer ones first. */
    private static final List<String> OPERATORS =
            List.of(
                    "**", "//", "==", "!=", "<=", ">=", "+", "-", "*", "/", "%", "~", "<", ">", "=",
                    ".", ",", ":", "|", "(", ")", "[", "]", "{", "}");

    private final SourceCursor cursor;

    TagLexer(SourceCursor cursor) {
        this.cursor = cursor;
    }

    Token next() {
        char c = cursor.peek();
        if (Character.isLetter(c) || c == '_') {
            return name();
        }
        if (isDigit(c)) {
            return number();
        }
        return c == '"' || c == '\'' ? string() : operator();
    }

    private Token name() {
        int start = cursor.position();
        while (Character.isLetterOrDigit(cursor.peek()) || cursor.peek() == '_') {
            cursor.advance(1);
        }
        return new Token(Kind.NAME, cursor.since(start), cursor.line());
    }

    private Token number() {
        int start = cursor.position();
        boolean index = cursor.before() == '.';
        boolean fraction = false;
        digits();
        if (cursor.peek() == '.' && isDigit(cursor.peek(1)) && !index) {
            fraction = true;
            cursor.advance(1);
            digits();
        }
        boolean signed = cursor.peek(1) == '+' || cursor.peek(1) == '-';
        if ((cursor.peek() == 'e' || cursor.peek() == 'E')
                && isDigit(cursor.peek(signed ? 2 : 1))) {
            fraction = true;
            cursor.advance(signed ? 2 : 1);
            digits();
        }
        String number = cursor.since(start).replace("_", "");
        return new Token(fraction ? Kind.FLOAT : Kind.WHOLE, number, cursor.line());
    }

    private void digits() {
        while (isDigit(cursor.peek()) || cursor.peek() == '_') {
            cursor.advance(1);
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private Token string() {
        int line = cursor.line();
        char quote = cursor.next();
        StringBuilder text = new StringBuilder();
        while (cursor.peek() != quote || cursor.atEnd()) {
            if (cursor.atEnd()) {
                throw TemplateException.syntax(line, "this string has no end: add " + quote);
            }
            char c = cursor.next();
            if (c == '\\' && !cursor.atEnd()) {
                escape(text);
            } else {
                text.append(c);
            }
        }
        cursor.advance(1);
        return new Token(Kind.STRING, text.toString(), line);
    }

    private void escape(StringBuilder text) {
        char c = cursor.next();
        switch (c) {
            case 'n' -> text.append('\n');
            case 't' -> text.append('\t');
            case 'r' -> text.append('\r');
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case 'a' -> text.append('\u0007');
            case 'v' -> text.append('\u000b');
            case '\\', '\'', '"' -> text.append(c);
            case '\n' -> {}
            case 'x' -> text.appendCodePoint(digits(2, 16));
            case 'u' -> text.appendCodePoint(digits(4, 16));
            case 'U' -> text.appendCodePoint(digits(8, 16));
            default -> octalOrAsIs(text, c);
        }
    }

    private void octalOrAsIs(StringBuilder text, char c) {
        if (c < '0' || c > '7') {
            text.append('\\').append(c);
            return;
        }
        int code = c - '0';
        for (int i = 0; i < 2 && cursor.peek() >= '0' && cursor.peek() <= '7'; i++) {
            code = 8 * code + cursor.next() - '0';
        }
        text.append((char) code);
    }

    private int digits(int count, int radix) {
        int code = 0;
        for (int i = 0; i < count; i++) {
            int digit = Character.digit(cursor.next(), radix);
            code = radix * code + digit;
            if (digit < 0 || code > Character.MAX_CODE_POINT) {
                throw cursor.error(
                        "this is no character: a backslash escape needs "
                                + count
                                + " hexadecimal digits");
            }
        }
        return code;
    }

    private Token operator() {
        for (String operator : OPERATORS) {
            if (cursor.startsWith(operator)) {
                cursor.advance(operator.length());
                return new Token(Kind.OPERATOR, operator, cursor.line());
            }
        }
        throw cursor.error("the character '" + cursor.peek() + "' means nothing here");
    }
}
