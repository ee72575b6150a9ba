package dev.tandem.gateway.config.source;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A {@code .env} file: {@code NAME=value} a line, {@code export} before it if one likes, {@code #}
 * comments. A value in single quotes is taken as it is; in double quotes {@code \n}, {@code \r},
 * {@code \t}, {@code \"}, {@code \\} and {@code \$} are escapes. Both may go over several lines.
 * Variables are not followed. The last of several lines with one name counts.
 */
final class DotEnv {
    private static final Pattern BEGIN =
            Pattern.compile("[ \\t]*(?:export[ \\t]+)?([A-Za-z_][A-Za-z0-9_.-]*)[ \\t]*=[ \\t]*");
    private static final Pattern SKIPPED = Pattern.compile("[ \\t]*(?:#[^\\n]*)?");
    private static final Pattern PLAIN = Pattern.compile("[^\\n]*?(?=[ \\t]+#|[ \\t]*(?:\\n|$))");

    /**
     * A variable.
     *
     * @param line from 1
     */
    record Line(String value, int line) {
        @Override
        public String toString() {
            return "Line[" + line + "]";
        }
    }

    private final String text;
    private final String file;
    private final Problems problems;
    private final Map<String, Line> variables = new LinkedHashMap<>();
    private int at;
    private int counted;
    private int number = 1;

    private DotEnv(String text, String file, Problems problems) {
        this.text = text.replace("\r\n", "\n");
        this.file = file;
        this.problems = problems;
    }

    static Map<String, Line> read(String text, String file, Problems problems) {
        DotEnv reader = new DotEnv(text, file, problems);
        while (reader.at < reader.text.length()) {
            reader.line();
        }
        return reader.variables;
    }

    private void line() {
        int line = number();
        Matcher begin = BEGIN.matcher(text).region(at, text.length());
        if (begin.lookingAt()) {
            at = begin.end();
            String value = value(line);
            if (value != null) {
                variables.put(begin.group(1), new Line(value, line));
            }
        }
        Matcher rest = SKIPPED.matcher(text).region(at, text.length());
        if (rest.lookingAt()) {
            at = rest.end();
        }
        if (at < text.length() && text.charAt(at) != '\n') {
            wrong(line, "this is not NAME=value, a comment, or an empty line.");
            at = endOfLine();
        }
        at++;
    }

    private @Nullable String value(int line) {
        char quote = at < text.length() ? text.charAt(at) : '\n';
        if (quote != '"' && quote != '\'') {
            Matcher plain = PLAIN.matcher(text).region(at, text.length());
            // the value ends at the comment or the line's end; one of the two always comes
            int begin = at;
            at = plain.lookingAt() ? plain.end() : endOfLine();
            String value = text.substring(begin, at);
            return value.startsWith("#") ? "" : value;
        }
        int end = end(quote);
        if (end < 0) {
            wrong(line, "the quote " + quote + " is not closed.");
            at = endOfLine();
            return null;
        }
        String inner = text.substring(at + 1, end);
        at = end + 1;
        return quote == '"' ? unescaped(inner) : inner;
    }

    private int end(char quote) {
        for (int i = at + 1; i < text.length(); i++) {
            if (text.charAt(i) == quote) {
                return i;
            }
            if (quote == '"' && text.charAt(i) == '\\') {
                i++;
            }
        }
        return -1;
    }

    private static String unescaped(String inner) {
        StringBuilder value = new StringBuilder();
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            if (c != '\\' || i + 1 == inner.length()) {
                value.append(c);
                continue;
            }
            char next = inner.charAt(++i);
            switch (next) {
                case 'n' -> value.append('\n');
                case 'r' -> value.append('\r');
                case 't' -> value.append('\t');
                case '"', '\\', '$' -> value.append(next);
                default -> value.append(c).append(next);
            }
        }
        return value.toString();
    }

    private int endOfLine() {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    /** The line that begins here, or goes on. */
    private int number() {
        for (; counted < at; counted++) {
            if (text.charAt(counted) == '\n') {
                number++;
            }
        }
        return number;
    }

    private void wrong(int line, String sentence) {
        problems.add(new Problem(file + ":" + line + ": " + sentence));
    }
}
