package dev.tandem.llamacpp.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads well-formed JSON to the values a template takes. */
final class JsonReader {
    private final String json;
    private int position;

    private JsonReader(String json) {
        this.json = json;
    }

    static Map<String, @Nullable Object> object(String json) {
        JsonReader reader = new JsonReader(json);
        reader.peek();
        return reader.object();
    }

    private @Nullable Object value() {
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            default -> literal();
        };
    }

    private char peek() {
        while (json.charAt(position) <= ' ') {
            position++;
        }
        return json.charAt(position);
    }

    private boolean take(char expected) {
        boolean found = peek() == expected;
        if (found) {
            position++;
        }
        return found;
    }

    private void expect(char expected) {
        if (!take(expected)) {
            throw new IllegalStateException(expected + " expected at " + position);
        }
    }

    private Map<String, @Nullable Object> object() {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        expect('{');
        if (take('}')) {
            return object;
        }
        do {
            peek();
            String key = string();
            expect(':');
            object.put(key, value());
        } while (take(','));
        expect('}');
        return object;
    }

    private List<@Nullable Object> array() {
        List<@Nullable Object> array = new ArrayList<>();
        expect('[');
        if (take(']')) {
            return array;
        }
        do {
            array.add(value());
        } while (take(','));
        expect(']');
        return array;
    }

    private String string() {
        StringBuilder text = new StringBuilder();
        for (position++; json.charAt(position) != '"'; position++) {
            char c = json.charAt(position);
            text.append(c == '\\' ? escape() : c);
        }
        position++;
        return text.toString();
    }

    private char escape() {
        char c = json.charAt(++position);
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                position += 4;
                yield (char) Integer.parseInt(json.substring(position - 3, position + 1), 16);
            }
            default -> c;
        };
    }

    private @Nullable Object literal() {
        int start = position;
        while (position < json.length() && ",]} \n\r\t".indexOf(json.charAt(position)) < 0) {
            position++;
        }
        String literal = json.substring(start, position);
        return switch (literal) {
            case "null" -> null;
            case "true" -> true;
            case "false" -> false;
            default -> number(literal);
        };
    }

    private static Number number(String literal) {
        boolean whole = literal.chars().allMatch(c -> c == '-' || Character.isDigit(c));
        return whole ? (Number) new BigInteger(literal) : (Number) Double.valueOf(literal);
    }
}
