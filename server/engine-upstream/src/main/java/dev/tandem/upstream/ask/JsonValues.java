package dev.tandem.upstream.ask;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON that a server told, as String, Number, Boolean, List, Map, null. Keys keep their order;
 * numbers are exact: Integer, Long, BigInteger, BigDecimal.
 */
final class JsonValues {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonValues() {}

    /** The value; null where the bytes are not JSON, too. Jackson bounds depth and lengths. */
    static @Nullable Object read(byte[] json) {
        return read(json, 0, json.length);
    }

    /** The same of a part of the bytes. */
    static @Nullable Object read(byte[] json, int offset, int length) {
        try (JsonParser parser =
                JSON.createParser(ObjectReadContext.empty(), json, offset, length)) {
            JsonToken first = parser.nextToken();
            Object value = first == null ? null : value(parser, first);
            return parser.nextToken() == null ? value : null;
        } catch (JacksonException e) {
            return null; // errors come in any form
        }
    }

    private static @Nullable Object value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            object.put(key, value(parser, parser.nextToken()));
        }
        return object;
    }

    private static List<@Nullable Object> array(JsonParser parser) {
        List<@Nullable Object> array = new ArrayList<>();
        for (JsonToken token = parser.nextToken();
                token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            array.add(value(parser, token));
        }
        return array;
    }
}
