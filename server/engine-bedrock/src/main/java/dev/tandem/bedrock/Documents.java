package dev.tandem.bedrock;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.document.Document;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** JSON text as a document of the SDK's, and back; order and numbers stay as they are written. */
final class Documents {
    private static final JsonFactory JSON = new JsonFactory();

    private Documents() {}

    /** The value; null where the text is not one of JSON. Jackson bounds depth and lengths. */
    static @Nullable Document read(String json) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return null;
            }
            Document value = value(parser, first);
            return parser.nextToken() == null ? value : null;
        } catch (JacksonException | NumberFormatException e) {
            return null; // whoever asks knows the field that is at fault
        }
    }

    private static Document value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Document.fromNumber(parser.getString());
            case VALUE_TRUE -> Document.fromBoolean(true);
            case VALUE_FALSE -> Document.fromBoolean(false);
            case VALUE_NULL -> Document.fromNull();
            default -> Document.fromString(parser.getString());
        };
    }

    private static Document object(JsonParser parser) {
        Map<String, Document> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            object.put(key, value(parser, parser.nextToken()));
        }
        return Document.fromMap(object);
    }

    private static Document array(JsonParser parser) {
        List<Document> array = new ArrayList<>();
        for (JsonToken token = parser.nextToken();
                token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            array.add(value(parser, token));
        }
        return Document.fromList(array);
    }

    /** The JSON text of a document. */
    static String write(Document document) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            write(document, out);
        }
        return text.toString();
    }

    private static void write(Document document, JsonGenerator out) {
        if (document.isMap()) {
            out.writeStartObject();
            document.asMap()
                    .forEach((name, value) -> {
                        out.writeName(name);
                        write(value, out);
                    });
            out.writeEndObject();
        } else if (document.isList()) {
            out.writeStartArray();
            document.asList().forEach(value -> write(value, out));
            out.writeEndArray();
        } else if (document.isNumber()) {
            out.writeRawValue(document.asNumber().stringValue());
        } else if (document.isBoolean()) {
            out.writeBoolean(document.asBoolean());
        } else if (document.isString()) {
            out.writeString(document.asString());
        } else {
            out.writeNull();
        }
    }
}
