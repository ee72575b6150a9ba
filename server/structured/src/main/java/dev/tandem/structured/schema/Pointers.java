package dev.tandem.structured.schema;

import dev.tandem.structured.json.Json;
import dev.tandem.structured.json.Json.JsonArray;
import dev.tandem.structured.json.Json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON Pointers (RFC 6901). */
final class Pointers {
    private Pointers() {}

    static String child(String pointer, String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    static String child(String pointer, int index) {
        return pointer + "/" + index;
    }

    /** The pointer in a reference such as {@code #/$defs/name}; null where it is none. */
    static @Nullable String ofReference(String reference) {
        if (reference.equals("#")) {
            return "";
        }
        if (!reference.startsWith("#/")) {
            return null;
        }
        try {
            String fragment = reference.substring(1).replace("+", "%2B");
            return URLDecoder.decode(fragment, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The value that the pointer points to; null where there is none. */
    static @Nullable Json follow(String pointer, Json root) {
        Json value = root;
        if (pointer.isEmpty()) {
            return value;
        }
        for (String token : List.of(pointer.substring(1).split("/", -1))) {
            String name = token.replace("~1", "/").replace("~0", "~");
            Json next =
                    switch (value) {
                        case JsonObject object -> object.members().get(name);
                        case JsonArray array -> item(array, name);
                        default -> null;
                    };
            if (next == null) {
                return null;
            }
            value = next;
        }
        return value;
    }

    private static @Nullable Json item(JsonArray array, String index) {
        if (!index.matches("0|[1-9][0-9]{0,5}")) {
            return null;
        }
        int i = Integer.parseInt(index);
        return i < array.items().size() ? array.items().get(i) : null;
    }
}
