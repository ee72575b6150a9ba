package dev.tandem.clients;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The cases of {@code cases/*.json}. */
final class Cases {
    private static final Path FOLDER = Path.of("cases");

    private Cases() {}

    /** By file, then in their order. */
    static List<Case> all() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .flatMap(Cases::of)
                    .toList();
        }
    }

    private static Stream<Case> of(Path file) {
        String name = file.getFileName().toString().replace(".json", "");
        try (JsonReader reader = Json.createReader(Files.newBufferedReader(file))) {
            return reader.readArray().getValuesAs(JsonObject.class).stream()
                    .map(json -> new Case(name, json))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
