package dev.tandem.gateway.config.page;

import dev.tandem.gateway.config.key.Key;
import dev.tandem.gateway.config.key.Section;
import dev.tandem.gateway.config.key.Shape;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.stream.JsonGenerator;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The sections as a JSON Schema (draft 2020-12), for editors of the file. */
public final class Schema {
    private Schema() {}

    /** The schema, indented, with a line's end at its end. */
    public static String of(List<Section<?>> sections) {
        JsonObjectBuilder properties = Json.createObjectBuilder();
        sections.forEach(section -> properties.add(section.title(), section(section)));
        JsonObject schema =
                Json.createObjectBuilder()
                        .add("$schema", "https://json-schema.org/draft/2020-12/schema")
                        .add("title", "tandem.yaml")
                        .add("description", "The settings of Tandem.")
                        .add("type", Json.createArrayBuilder().add("object").add("null"))
                        .add("additionalProperties", false)
                        .add("patternProperties", Json.createObjectBuilder().add("^x-", true))
                        .add("properties", properties)
                        .build();
        StringWriter text = new StringWriter();
        Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                .createWriter(text)
                .write(schema);
        return text.toString().strip() + "\n";
    }

    private static JsonObject section(Section<?> section) {
        if (section.name().isEmpty()) {
            Key<?> key = section.keys().getFirst();
            return described(key.type().schema(), key.about());
        }
        return described(
                new Shape<>(section.keys(), Function.identity()).schema(), section.about());
    }

    private static JsonObject described(JsonObject schema, String about) {
        return Json.createObjectBuilder(schema).add("description", about.replace("`", "")).build();
    }
}
