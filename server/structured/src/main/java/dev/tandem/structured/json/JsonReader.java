package dev.tandem.structured.json;

import dev.tandem.structured.json.Json.JsonArray;
import dev.tandem.structured.json.Json.JsonBoolean;
import dev.tandem.structured.json.Json.JsonNull;
import dev.tandem.structured.json.Json.JsonNumber;
import dev.tandem.structured.json.Json.JsonObject;
import dev.tandem.structured.json.Json.JsonString;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON text within bounds. For any number of threads. */
public final class JsonReader {
    /** Where the parser says what it was given, in words of its own. */
    private static final Pattern PARSERS_PLACE = Pattern.compile("\\s*\\([^()]*at \\[Source.*]\\)");

    /** The longest number, and the largest power of ten in one, in digits. */
    public static final int MAX_NUMBER = 400;

    private final JsonFactory factory;

    /**
     * @param maxCharacters the longest text
     * @param maxDepth the deepest nesting of arrays and objects
     */
    public JsonReader(int maxCharacters, int maxDepth) {
        factory =
                JsonFactory.builder()
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .streamReadConstraints(
                                StreamReadConstraints.builder()
                                        .maxDocumentLength(maxCharacters)
                                        .maxStringLength(Math.max(1, maxCharacters))
                                        .maxNameLength(Math.max(1, maxCharacters))
                                        .maxNestingDepth(maxDepth)
                                        .maxNumberLength(MAX_NUMBER)
                                        .build())
                        .build();
    }

    /**
     * Reads one value.
     *
     * @throws BadJson where the text is not one JSON value, has a key twice or passes a bound
     */
    public Json read(String text) {
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            Json value = value(parser);
            if (parser.nextToken() != null) {
                throw new BadJson("there is more behind the value" + place(parser));
            }
            return value;
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            String what = PARSERS_PLACE.matcher(e.getOriginalMessage()).replaceAll("");
            throw new BadJson(what + (at == null ? "" : place(at)), e);
        }
    }

    private Json value(JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new BadJson("the text ends where a value should stand" + place(parser));
        }
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> new JsonString(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
            case VALUE_TRUE -> new JsonBoolean(true);
            case VALUE_FALSE -> new JsonBoolean(false);
            case VALUE_NULL -> new JsonNull();
            default -> throw new BadJson("no value" + place(parser));
        };
    }

    private Json object(JsonParser parser) {
        Map<String, Json> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser));
        }
        return new JsonObject(members);
    }

    private Json array(JsonParser parser) {
        List<Json> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return new JsonArray(items);
    }

    private static Json number(JsonParser parser) {
        BigDecimal value = parser.getDecimalValue();
        if (Math.abs((long) value.scale()) > MAX_NUMBER) {
            throw new BadJson("a number beyond the power of " + MAX_NUMBER + place(parser));
        }
        return new JsonNumber(value);
    }

    private static String place(JsonParser parser) {
        return place(parser.currentLocation());
    }

    private static String place(TokenStreamLocation at) {
        return " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }
}
