package dev.tandem.gateway.config.page;

import dev.tandem.gateway.config.Configuration;
import dev.tandem.gateway.config.key.Key;
import dev.tandem.gateway.config.key.Section;
import dev.tandem.gateway.config.key.Setting;
import dev.tandem.gateway.config.key.Values;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is in force and where each value came from; secrets as {@code ***}. */
public final class Listing {
    /**
     * A key.
     *
     * @param value text, list or map; null where there is none
     */
    private record Row(String path, JsonValue value, String origin) {}

    private final List<Row> rows = new ArrayList<>();

    /** Of settings that have no problems. */
    public Listing(Configuration configuration) {
        for (Section<?> section : configuration.sections()) {
            Values values = configuration.values(section);
            section.settings().forEach(setting -> rows.add(row(setting, values)));
        }
    }

    private static <T> Row row(Setting<T> setting, Values values) {
        Key<T> key = setting.key();
        return new Row(
                setting.path(),
                values.shown(key).map(Listing::json).orElse(JsonValue.NULL),
                values.origin(key).text());
    }

    private static JsonValue json(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                JsonObjectBuilder object = Json.createObjectBuilder();
                map.forEach((name, inner) -> object.add(String.valueOf(name), json(inner)));
                yield object.build();
            }
            case List<?> list -> {
                JsonArrayBuilder array = Json.createArrayBuilder();
                list.forEach(inner -> array.add(json(inner)));
                yield array.build();
            }
            default -> Json.createValue(value.toString());
        };
    }

    /** A line a key, in columns: name, value, origin. */
    public List<String> lines() {
        int names = rows.stream().mapToInt(row -> row.path().length()).max().orElse(0);
        int values =
                rows.stream()
                        .mapToInt(row -> text(row).length())
                        .filter(n -> n < 40)
                        .max()
                        .orElse(0);
        return rows.stream()
                .map(row ->
                        "%s  %s  %s"
                                .formatted(
                                        padded(row.path(), names),
                                        padded(text(row), values),
                                        row.origin()))
                .toList();
    }

    private static String text(Row row) {
        return switch (row.value()) {
            case JsonString string -> string.getString().isEmpty() ? "-" : string.getString();
            case JsonValue value when value.getValueType() == JsonValue.ValueType.NULL -> "-";
            case JsonValue value -> value.toString();
        };
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** An object of each key's {@code value} and {@code origin}. */
    public String json() {
        JsonObjectBuilder all = Json.createObjectBuilder();
        for (Row row : rows) {
            all.add(
                    row.path(),
                    Json.createObjectBuilder()
                            .add("value", row.value())
                            .add("origin", row.origin()));
        }
        StringWriter text = new StringWriter();
        Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                .createWriter(text)
                .write(all.build());
        return text.toString().strip();
    }
}
