package dev.tandem.transcoding.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;

/**
 * Where the reader is, as a violation's path: {@code messages[0].labels["a.b"]}. Built only when
 * there is something to say.
 */
final class JsonPath {
    /** The current value of an object's context whose keys are those of a map. */
    static final Object MAP = new Object();

    private JsonPath() {}

    /**
     * The path of the value whose first or last token, or whose name, is the current one.
     *
     * @param levels how many levels further out the value begins
     */
    static String of(JsonParser parser, int levels) {
        TokenStreamContext context = parser.streamReadContext();
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
            context = context.getParent();
        }
        for (int i = 0; i < levels; i++) {
            context = context.getParent();
        }
        StringBuilder path = new StringBuilder();
        append(context, path);
        return path.toString();
    }

    private static void append(@Nullable TokenStreamContext context, StringBuilder path) {
        if (context == null || context.inRoot()) {
            return;
        }
        append(context.getParent(), path);
        if (context.inArray()) {
            path.append('[').append(context.getCurrentIndex()).append(']');
        } else if (context.hasCurrentName()) {
            name(context.currentName(), MAP.equals(context.currentValue()), path);
        }
    }

    private static void name(String name, boolean key, StringBuilder path) {
        if (key || !isIdentifier(name)) {
            path.append(ViolationPath.key(name));
        } else {
            path.append(path.isEmpty() ? "" : ".").append(name);
        }
    }

    private static boolean isIdentifier(String name) {
        return !name.isEmpty()
                && name.length() <= 60
                && name.chars()
                        .allMatch(c ->
                                c == '_' || c == '$' || (c < 128 && Character.isLetterOrDigit(c)));
    }

    /** A path and the name of a field in it. */
    static String child(String path, String name) {
        return path.isEmpty() ? name : path + '.' + name;
    }
}
