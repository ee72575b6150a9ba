package dev.tandem.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The tokens of a WordPiece model and their ids, 0 to {@link #size} - 1. Immutable. */
final class Vocabulary {
    private final Map<String, Integer> ids;
    private final String[] tokens;
    private final int longest;

    private Vocabulary(Map<String, Integer> ids) {
        this.ids = ids;
        this.tokens = new String[ids.size()];
        ids.forEach((token, id) -> tokens[id] = token);
        this.longest = ids.keySet().stream().mapToInt(String::length).max().orElse(0);
    }

    /**
     * Reads the object {@code model.vocab} of a {@code tokenizer.json}.
     *
     * @throws IOException where it cannot be read or has no such vocabulary
     */
    static Vocabulary read(InputStream tokenizerJson) throws IOException {
        try (JsonParser parser =
                new JsonFactory().createParser(ObjectReadContext.empty(), tokenizerJson)) {
            if (!enter(parser, "model") || !enter(parser, "vocab")) {
                throw new IOException("the tokenizer file has no model.vocab");
            }
            return new Vocabulary(entries(parser));
        } catch (JacksonException | IndexOutOfBoundsException e) {
            throw new IOException("the tokenizer file is damaged", e);
        }
    }

    /** Goes on to the value of a field of the object that begins here; skips all others. */
    private static boolean enter(JsonParser parser, String field) {
        if (parser.currentToken() == null) {
            parser.nextToken();
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean found = parser.currentName().equals(field);
            parser.nextToken();
            if (found) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }

    private static Map<String, Integer> entries(JsonParser parser) {
        Map<String, Integer> entries = HashMap.newHashMap(32_000);
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String token = parser.currentName();
            parser.nextToken();
            entries.put(token, parser.getIntValue());
        }
        return entries;
    }

    @Nullable Integer find(String token) {
        return ids.get(token);
    }

    /**
     * A token that must be there.
     *
     * @throws IllegalArgumentException where it is not
     */
    int id(String token) {
        Integer id = find(token);
        if (id == null) {
            throw new IllegalArgumentException("the vocabulary has no " + token);
        }
        return id;
    }

    String token(int id) {
        return tokens[id];
    }

    int size() {
        return tokens.length;
    }

    /** The length of the longest token, in chars. */
    int longest() {
        return longest;
    }
}
