package dev.tandem.transcoding.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The tokens of one document, one array's first element ahead where asked for, and what was found
 * wrong. A reader that meets a value which does not fit reports and skips it and returns some
 * stand-in: the message is thrown away in the end.
 */
final class JsonInput {
    /** How many violations are listed; the others are only counted. */
    static final int MOST_VIOLATIONS = 100;

    static final String TWICE = "the key is there twice";

    final JsonParser parser;
    final Profile profile;
    final Marks marks = new Marks();

    private final Source source;
    private final String base;
    private final Violations violations;

    /**
     * The parser stands at the first element (or the end) of an array whose opening bracket is
     * still to be handed out.
     */
    private boolean ahead;

    JsonInput(JsonParser parser, Source source, Profile profile) {
        this(parser, source, profile, "", new Violations());
    }

    private JsonInput(
            JsonParser parser, Source source, Profile profile, String base, Violations violations) {
        this.parser = parser;
        this.source = source;
        this.profile = profile;
        this.base = base;
        this.violations = violations;
    }

    /**
     * A part of this document, to be read again: the same list of violations, paths as seen from
     * here.
     */
    JsonInput within(JsonParser again, Source part, String path) {
        return new JsonInput(again, part, profile, path, violations);
    }

    List<Violation> violations() {
        return violations.listed;
    }

    /** How many violations there are, listed or not. */
    int count() {
        return violations.count;
    }

    JsonToken token() {
        return ahead ? JsonToken.START_ARRAY : parser.currentToken();
    }

    JsonToken next() {
        if (ahead) {
            ahead = false;
            return parser.currentToken();
        }
        return parser.nextToken();
    }

    /**
     * At an array's opening bracket: the token after it, while {@link #token()} stays the bracket.
     */
    JsonToken peek() {
        if (!ahead) {
            parser.nextToken();
            ahead = true;
        }
        return parser.currentToken();
    }

    /** Skips the current value, to its last token. */
    void skip() {
        if (!ahead) {
            parser.skipChildren();
            return;
        }
        ahead = false;
        while (parser.currentToken() != JsonToken.END_ARRAY) {
            parser.skipChildren();
            parser.nextToken();
        }
    }

    boolean lenient() {
        return profile == Profile.UPSTREAM;
    }

    /** Whether a number may be written as a string. */
    boolean takesQuotedNumbers() {
        return profile != Profile.CONTRACT;
    }

    /** The current key, without half surrogate pairs. */
    String name() {
        String name = parser.currentName();
        if (source.hasSurrogateEscapes() && !isWellFormed(name)) {
            report(path(), "unicode", "half a surrogate pair is not a character");
            return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        }
        return name;
    }

    /**
     * The current string. Half a surrogate pair, which protobuf cannot carry, is refused, or
     * replaced where reading is lenient.
     */
    String text() {
        String text = parser.getString();
        if (source.hasSurrogateEscapes() && !isWellFormed(text)) {
            if (!lenient()) {
                reject("unicode", "half a surrogate pair is not a character");
            }
            return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        }
        return text;
    }

    /**
     * The current value as JSON text: its own bytes without the white space between tokens. Moves
     * to its last token.
     */
    String json() {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        walk();
        byte[] text = sliceFrom(from);
        return new String(JsonText.compact(text), StandardCharsets.UTF_8);
    }

    /** The bytes of the current value. Moves to its last token. */
    byte[] slice() {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        return sliceFrom(from);
    }

    /** Goes to the last token of the current value and reports keys that are there twice. */
    private void walk() {
        List<Set<String>> open = new ArrayList<>(0);
        JsonToken token = parser.currentToken();
        while (true) {
            if (token.isStructStart()) {
                open.add(token == JsonToken.START_OBJECT ? new HashSet<>() : Set.of());
            } else if (token.isStructEnd()) {
                open.removeLast();
            } else if (token == JsonToken.PROPERTY_NAME
                    && !open.getLast().add(parser.currentName())) {
                report(violations.isFull() ? "" : path(), "duplicate_key", TWICE);
            }
            if (open.isEmpty()) {
                return;
            }
            token = parser.nextToken();
        }
    }

    private byte[] sliceFrom(int from) {
        parser.finishToken();
        int to = (int) parser.currentLocation().getByteOffset();
        return Arrays.copyOfRange(source.bytes(), source.offset() + from, source.offset() + to);
    }

    /** The path of the current value. */
    String path() {
        String inner = JsonPath.of(parser, ahead ? 1 : 0);
        return base.isEmpty() || inner.isEmpty() || inner.startsWith("[")
                ? base + inner
                : base + '.' + inner;
    }

    /** Reports and skips the current value, which is of a kind that does not belong there. */
    void wrongKind(String wanted) {
        reject("type", "must be " + wanted + ", not " + Wording.kind(token()));
    }

    /** Reports and skips the current value. */
    void reject(String rule, String message) {
        if (violations.isFull()) {
            violations.count++; // no path is made for it
        } else {
            report(path(), rule, message);
        }
        skip();
    }

    void report(String path, String rule, String message) {
        if (!violations.isFull()) {
            violations.listed.add(new Violation(path, rule, message));
        }
        violations.count++;
    }

    private static boolean isWellFormed(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** What was found wrong in a document and in the parts of it that are read again. */
    private static final class Violations {
        final List<Violation> listed = new ArrayList<>(0);
        int count;

        boolean isFull() {
            return listed.size() >= MOST_VIOLATIONS;
        }
    }
}
