package dev.tandem.testtools;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonWriter;
import jakarta.json.stream.JsonGenerator;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** JSON that is compared with a file of the repository. */
public final class Golden {
    private static final Path RESOURCES = Path.of("src", "test", "resources");

    private Golden() {}

    /** Compares with the file, or with -Dgolden.update=true writes it. */
    public static void check(String file, String json) throws Exception {
        Path golden = RESOURCES.resolve(file);
        String pretty = pretty(json);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, pretty);
        }
        assertThat(pretty)
                .as("%s; where the change is wanted, run this test with -Dgolden.update=true", file)
                .isEqualTo(Files.readString(golden));
    }

    /** JSON as an object. */
    public static JsonObject parsed(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }

    private static String pretty(String json) {
        StringWriter text = new StringWriter();
        try (JsonWriter writer =
                Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                        .createWriter(text)) {
            writer.write(parsed(json));
        }
        return text.toString().strip() + "\n";
    }
}
