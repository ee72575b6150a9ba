package dev.tandem.transcoding.json;

import com.google.protobuf.Message;
import dev.tandem.options.v1.JsonKind;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** The bare values that stand for a message with one field set. */
final class Shorthands {
    private static final JsonKind[] KINDS = JsonKind.values();

    private final Map<JsonKind, Field> fields;
    private final @Nullable Field whenNothingIsSet;

    Shorthands(Map<JsonKind, Field> fields) {
        this.fields = fields;
        whenNothingIsSet =
                fields.values().stream()
                        .filter(field -> !field.hasPresence())
                        .findFirst()
                        .orElse(null);
    }

    Map<JsonKind, Field> fields() {
        return fields;
    }

    /**
     * Whether a message with nothing set has no bare form, so that null can be its form in a list.
     */
    boolean leaveNull() {
        return whenNothingIsSet == null;
    }

    boolean takes(JsonToken first) {
        return first == JsonToken.START_ARRAY ? takesArrays() : fields.containsKey(kind(first));
    }

    boolean takesArrayOf(JsonToken first) {
        return fields.containsKey(arrayKind(first));
    }

    /** What such a message may be, for a sentence. */
    String wanted() {
        String kinds =
                fields.keySet().stream()
                        .map(kind ->
                                switch (kind) {
                                    case JSON_KIND_STRING -> "a string";
                                    case JSON_KIND_NUMBER -> "a number";
                                    case JSON_KIND_BOOL -> "true, false";
                                    case JSON_KIND_STRINGS -> "an array of strings";
                                    case JSON_KIND_NUMBERS -> "an array of numbers";
                                    default -> "an array";
                                })
                        .collect(Collectors.joining(", "));
        return kinds + " or an object";
    }

    /** The field that the current value fills; null where there is none. */
    @Nullable Field of(JsonInput in) {
        JsonToken token = in.token();
        if (token != JsonToken.START_ARRAY) {
            return fields.get(kind(token));
        }
        Field exact = takesArrays() ? fields.get(arrayKind(in.peek())) : null;
        return exact == null ? fields.get(JsonKind.JSON_KIND_ARRAY) : exact;
    }

    /**
     * Writes the bare form, if the message has one.
     *
     * @param all the fields of the message
     * @param inPlaceOfList the value must not look like the list that it replaces
     */
    boolean write(Message message, Field[] all, boolean inPlaceOfList, JsonBuffer out) {
        Field only = null;
        for (Field field : all) {
            if (field.isSet(message)) {
                if (only != null) {
                    return false;
                }
                only = field;
            }
        }
        Field bare = only == null ? whenNothingIsSet : only;
        JsonKind kind = bare == null ? null : kindOf(bare);
        if (bare == null || kind == null || (inPlaceOfList && looksLikeList(message, bare, kind))) {
            return false;
        }
        bare.writeValue(message, out);
        return true;
    }

    private @Nullable JsonKind kindOf(Field field) {
        for (JsonKind kind : KINDS) {
            if (fields.get(kind) == field) {
                return kind;
            }
        }
        return null;
    }

    private boolean looksLikeList(Message message, Field bare, JsonKind kind) {
        return switch (kind) {
            case JSON_KIND_STRINGS ->
                    fields.containsKey(JsonKind.JSON_KIND_STRING) || bare.isDefault(message);
            case JSON_KIND_NUMBERS ->
                    fields.containsKey(JsonKind.JSON_KIND_NUMBER) || bare.isDefault(message);
            case JSON_KIND_ARRAY -> true;
            default -> false;
        };
    }

    private boolean takesArrays() {
        return fields.containsKey(JsonKind.JSON_KIND_STRINGS)
                || fields.containsKey(JsonKind.JSON_KIND_NUMBERS)
                || fields.containsKey(JsonKind.JSON_KIND_ARRAY);
    }

    private static JsonKind kind(JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> JsonKind.JSON_KIND_STRING;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> JsonKind.JSON_KIND_NUMBER;
            case VALUE_TRUE, VALUE_FALSE -> JsonKind.JSON_KIND_BOOL;
            default -> JsonKind.JSON_KIND_UNSPECIFIED;
        };
    }

    private JsonKind arrayKind(JsonToken first) {
        return switch (first) {
            case VALUE_STRING -> JsonKind.JSON_KIND_STRINGS;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> JsonKind.JSON_KIND_NUMBERS;
            case START_ARRAY, START_OBJECT, VALUE_NULL -> JsonKind.JSON_KIND_ARRAY;
            case END_ARRAY -> anyArrayKind();
            default -> JsonKind.JSON_KIND_UNSPECIFIED;
        };
    }

    private JsonKind anyArrayKind() {
        if (fields.containsKey(JsonKind.JSON_KIND_STRINGS)) {
            return JsonKind.JSON_KIND_STRINGS;
        }
        return fields.containsKey(JsonKind.JSON_KIND_NUMBERS)
                ? JsonKind.JSON_KIND_NUMBERS
                : JsonKind.JSON_KIND_ARRAY;
    }
}
