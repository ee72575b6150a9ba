package dev.tandem.structured.json;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON value. Immutable; equal where JSON Schema calls two values equal. */
public sealed interface Json {
    /** An object, its members in the order of the text. */
    record JsonObject(Map<String, Json> members) implements Json {
        /** Copies the members in their order. */
        public JsonObject {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }
    }

    /** An array. */
    record JsonArray(List<Json> items) implements Json {
        /** Copies the items. */
        public JsonArray {
            items = List.copyOf(items);
        }
    }

    /** A string. */
    record JsonString(String value) implements Json {}

    /** A number; 1.0 is 1. */
    record JsonNumber(BigDecimal value) implements Json {
        /** Strips trailing zeros, so that equal numbers are equal. */
        public JsonNumber {
            value = value.stripTrailingZeros();
        }

        /** Whether it has no fraction. */
        public boolean isInteger() {
            return value.scale() <= 0;
        }
    }

    /** True or false. */
    record JsonBoolean(boolean value) implements Json {}

    /** Null. */
    record JsonNull() implements Json {}

    /** The value as JSON text without spaces. */
    default String text() {
        return JsonWriter.text(this);
    }
}
