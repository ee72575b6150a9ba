package dev.tandem.structured.json;

import dev.tandem.structured.json.Json.JsonArray;
import dev.tandem.structured.json.Json.JsonBoolean;
import dev.tandem.structured.json.Json.JsonNull;
import dev.tandem.structured.json.Json.JsonNumber;
import dev.tandem.structured.json.Json.JsonObject;
import dev.tandem.structured.json.Json.JsonString;
import java.util.HexFormat;
import java.util.Map;

/** Writes values as JSON text, each string in one spelling only: escaped where it must be. */
public final class JsonWriter {
    private static final HexFormat HEX = HexFormat.of();

    private final StringBuilder out = new StringBuilder();

    private JsonWriter() {}

    static String text(Json value) {
        var writer = new JsonWriter();
        writer.write(value);
        return writer.out.toString();
    }

    /** A string as JSON text, with its quotes. */
    public static String quoted(String value) {
        var writer = new JsonWriter();
        writer.string(value);
        return writer.out.toString();
    }

    /** How a code point is written inside a string. */
    public static String escaped(int codePoint) {
        return switch (codePoint) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case 0x7F -> "\\u007f";
            default ->
                    codePoint < ' '
                            ? "\\u" + HEX.toHexDigits((char) codePoint)
                            : Character.toString(codePoint);
        };
    }

    private void write(Json value) {
        switch (value) {
            case JsonObject object -> object(object);
            case JsonArray array -> array(array);
            case JsonString string -> string(string.value());
            case JsonNumber number -> out.append(number.value().toPlainString());
            case JsonBoolean bool -> out.append(bool.value());
            case JsonNull ignored -> out.append("null");
        }
    }

    private void object(JsonObject object) {
        out.append('{');
        String comma = "";
        for (Map.Entry<String, Json> member : object.members().entrySet()) {
            out.append(comma);
            string(member.getKey());
            out.append(':');
            write(member.getValue());
            comma = ",";
        }
        out.append('}');
    }

    private void array(JsonArray array) {
        out.append('[');
        String comma = "";
        for (Json item : array.items()) {
            out.append(comma);
            write(item);
            comma = ",";
        }
        out.append(']');
    }

    private void string(String value) {
        out.append('"');
        value.codePoints().forEach(codePoint -> out.append(escaped(codePoint)));
        out.append('"');
    }
}
