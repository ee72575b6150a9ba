package dev.tandem.runtime.auth;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The form of a file of API keys: JSON, without the keys themselves.
 *
 * <pre>{@code
 * {"keys": [{"name": "ci", "sha256": "…", "scopes": ["inference"], "attributes": {"limits": ["small"]},
 *            "created": "2026-11-21T12:00:00Z", "expires": null, "revoked": null}]}
 * }</pre>
 */
public final class KeyFile {
    private static final Set<String> MEMBERS =
            Set.of("name", "sha256", "scopes", "attributes", "created", "expires", "revoked");

    private KeyFile() {}

    /**
     * Reads the entries.
     *
     * @throws IllegalArgumentException where something is wrong; the message names the key
     */
    public static List<KeyEntry> parse(byte[] content) {
        List<KeyEntry> entries = new ArrayList<>();
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(content))) {
            JsonArray keys = reader.readObject().getJsonArray("keys");
            if (keys == null) {
                throw new IllegalArgumentException("the list \"keys\" is missing.");
            }
            Set<String> names = new TreeSet<>();
            for (int i = 0; i < keys.size(); i++) {
                KeyEntry entry = numbered(i, keys.get(i));
                if (!names.add(entry.name())) {
                    throw new IllegalArgumentException(
                            "two keys are called " + entry.name() + "; rename one.");
                }
                entries.add(entry);
            }
        } catch (JsonException | ClassCastException e) {
            throw new IllegalArgumentException(
                    "the file is not JSON of the form {\"keys\": [{…}, …]}.", e);
        }
        return entries;
    }

    private static KeyEntry numbered(int index, JsonValue value) {
        try {
            return entry(value.asJsonObject());
        } catch (ClassCastException
                | NullPointerException
                | DateTimeException
                | IllegalArgumentException e) {
            // a parser's message could repeat what stands there
            String why =
                    e.getClass() == IllegalArgumentException.class ? ": " + e.getMessage() : "";
            throw new IllegalArgumentException(
                    "keys[" + index + "] needs name, sha256, scopes and created" + why + ".", e);
        }
    }

    private static KeyEntry entry(JsonObject json) {
        for (String member : json.keySet()) {
            if (!MEMBERS.contains(member)) {
                throw new IllegalArgumentException("\"" + member + "\" is not known");
            }
        }
        Map<String, List<String>> attributes = new TreeMap<>();
        if (json.get("attributes") instanceof JsonObject words) {
            words.keySet().forEach(name -> attributes.put(name, words(words, name)));
        }
        return new KeyEntry(
                json.getString("name"),
                new KeyHash(json.getString("sha256")),
                Set.copyOf(words(json, "scopes")),
                attributes,
                Instant.parse(json.getString("created")),
                instant(json, "expires"),
                instant(json, "revoked"));
    }

    private static List<String> words(JsonObject json, String name) {
        return json.getJsonArray(name).getValuesAs(JsonString::getString);
    }

    private static @Nullable Instant instant(JsonObject json, String name) {
        return !json.containsKey(name) || json.isNull(name)
                ? null
                : Instant.parse(json.getString(name));
    }

    /** Writes entries, one a line. */
    public static String text(Collection<KeyEntry> entries) {
        List<String> lines = new ArrayList<>();
        entries.forEach(entry -> lines.add("  " + json(entry)));
        return "{\"keys\": [\n" + String.join(",\n", lines) + "\n]}\n";
    }

    /** One entry, without the key. */
    public static JsonObject json(KeyEntry entry) {
        JsonObjectBuilder attributes = Json.createObjectBuilder();
        new TreeMap<>(entry.attributes())
                .forEach((name, words) -> attributes.add(name, array(words)));
        JsonObjectBuilder json =
                Json.createObjectBuilder()
                        .add("name", entry.name())
                        .add("sha256", entry.hash().hex())
                        .add("scopes", array(entry.sortedScopes()))
                        .add("attributes", attributes)
                        .add("created", entry.created().toString());
        add(json, "expires", entry.expires());
        add(json, "revoked", entry.revoked());
        return json.build();
    }

    private static void add(JsonObjectBuilder json, String name, @Nullable Instant moment) {
        if (moment == null) {
            json.addNull(name);
        } else {
            json.add(name, moment.toString());
        }
    }

    private static JsonArrayBuilder array(Collection<String> words) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        words.forEach(array::add);
        return array;
    }
}
