package dev.tandem.llamacpp.template;

import dev.tandem.llamacpp.template.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a template into text and tags, with the white-space rules that transformers sets: the line
 * break behind a block tag goes ({@code trim_blocks}), and so does what indents one ({@code
 * lstrip_blocks}).
 */
final class Lexer {
    private final SourceCursor cursor;
    private final TagLexer tags;
    private final List<Token> tokens = new ArrayList<>();

    /** Whether the cursor is where a line begins, so that blanks from here on are indentation. */
    private boolean lineStart = true;

    private Lexer(String source) {
        String unix = source.replace("\r\n", "\n").replace('\r', '\n');
        this.cursor =
                new SourceCursor(unix.endsWith("\n") ? unix.substring(0, unix.length() - 1) : unix);
        this.tags = new TagLexer(cursor);
    }

    static List<Token> tokens(String source) {
        Lexer lexer = new Lexer(source);
        while (!lexer.cursor.atEnd()) {
            lexer.textAndTag();
        }
        lexer.add(Kind.SOURCE_END, "");
        return lexer.tokens;
    }

    private void textAndTag() {
        int begin = nextTag();
        String text = cursor.upTo(begin);
        int line = cursor.line();
        cursor.moveTo(begin);
        if (cursor.atEnd()) {
            addText(text, line);
            return;
        }
        char kind = cursor.peek(1);
        char sign = cursor.peek(2);
        addText(beforeTag(text, kind, sign), line);
        cursor.advance(sign == '-' || sign == '+' ? 3 : 2);
        switch (kind) {
            case '#' -> comment();
            case '{' -> tag(Kind.OUTPUT_BEGIN, "}}");
            default -> tag(Kind.BLOCK_BEGIN, "%}");
        }
    }

    /** Where the next tag or comment begins; the end of the source if there is none. */
    private int nextTag() {
        int brace = cursor.find("{", cursor.position());
        while (brace >= 0 && brace + 1 < cursor.length()) {
            if ("{%#".indexOf(cursor.charAt(brace + 1)) >= 0) {
                return brace;
            }
            brace = cursor.find("{", brace + 1);
        }
        return cursor.length();
    }

    private String beforeTag(String text, char kind, char sign) {
        if (sign == '-') {
            return text.substring(0, Whitespace.trailing(text));
        }
        int lastLine = text.lastIndexOf('\n') + 1;
        boolean indentation =
                (lastLine > 0 || lineStart) && Whitespace.isBlank(text.substring(lastLine));
        return indentation && sign != '+' && kind != '{' ? text.substring(0, lastLine) : text;
    }

    private void comment() {
        int end = cursor.find("#}", cursor.position());
        if (end < 0) {
            throw cursor.error("this comment has no end: add '#}'");
        }
        cursor.moveTo(end);
        char sign = cursor.before();
        cursor.advance(2);
        afterTag(sign == '-', sign != '+');
    }

    private void tag(Kind begin, String close) {
        int first = tokens.size();
        add(begin, "");
        char sign = inside(close);
        if (begin == Kind.BLOCK_BEGIN
                && tokens.size() == first + 2
                && tokens.getLast().isName("raw")) {
            tokens.subList(first, tokens.size()).clear();
            raw(sign == '-');
            return;
        }
        add(Kind.TAG_END, "");
        afterTag(sign == '-', begin == Kind.BLOCK_BEGIN && sign != '+');
    }

    /** Reads up to and over the close of a tag, and gives the sign before it or a blank. */
    private char inside(String close) {
        int nesting = 0;
        while (true) {
            cursor.skipWhitespace();
            if (cursor.atEnd()) {
                throw cursor.error("this tag has no end: add '" + close + "'");
            }
            if (nesting == 0 && closes(close)) {
                char sign = cursor.peek() == close.charAt(0) ? ' ' : cursor.peek();
                cursor.advance(sign == ' ' ? 2 : 3);
                return sign;
            }
            Token token = tags.next();
            tokens.add(token);
            if (token.kind() == Kind.OPERATOR) {
                nesting += "([{".contains(token.text()) ? 1 : ")]}".contains(token.text()) ? -1 : 0;
            }
        }
    }

    private boolean closes(String close) {
        boolean signed =
                cursor.startsWith("-" + close) || (close.equals("%}") && cursor.startsWith("+%}"));
        return signed || cursor.startsWith(close);
    }

    private void raw(boolean strip) {
        int line = cursor.line();
        int start = cursor.position();
        while (true) {
            int block = cursor.find("{%", cursor.position());
            if (block < 0) {
                throw TemplateException.syntax(line, "raw has no end: add '{% endraw %}'");
            }
            cursor.moveTo(block);
            String text = cursor.since(start);
            cursor.advance(2);
            char sign = skipSign();
            if (skipWord("endraw")) {
                addRaw(text, strip, sign == '-', line);
                return;
            }
        }
    }

    private void addRaw(String text, boolean stripStart, boolean stripEnd, int line) {
        int from = stripStart ? Whitespace.leading(text) : text.startsWith("\n") ? 1 : 0;
        int to = stripEnd ? Math.max(from, Whitespace.trailing(text)) : text.length();
        addText(text.substring(from, to), line);
        char sign = skipSign();
        if (!cursor.startsWith("%}")) {
            throw cursor.error("endraw takes nothing");
        }
        cursor.advance(2);
        afterTag(sign == '-', sign != '+');
    }

    private char skipSign() {
        char sign = cursor.peek();
        if (sign == '-' || sign == '+') {
            cursor.advance(1);
        }
        return sign;
    }

    private boolean skipWord(String word) {
        cursor.skipWhitespace();
        if (!cursor.startsWith(word)) {
            return false;
        }
        cursor.advance(word.length());
        cursor.skipWhitespace();
        return true;
    }

    private void afterTag(boolean strip, boolean trim) {
        int behind = cursor.position();
        if (strip) {
            cursor.skipWhitespace();
        } else if (trim && cursor.peek() == '\n') {
            cursor.advance(1);
        }
        lineStart = cursor.position() > behind && cursor.before() == '\n';
    }

    private void addText(String text, int line) {
        if (!text.isEmpty()) {
            tokens.add(new Token(Kind.TEXT, text, line));
        }
    }

    private void add(Kind kind, String text) {
        tokens.add(new Token(kind, text, cursor.line()));
    }
}
