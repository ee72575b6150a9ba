package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testing.HttpReply;
import dev.tandem.testing.HttpRequest;
import dev.tandem.testing.TestServer;
import dev.tandem.testing.Wire;
import dev.tandem.testtools.Installs;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A page of metrics, read by Prometheus's own parser in Python. */
record Scrape(List<Sample> samples) {
    record Sample(
            String family, String type, String name, Map<String, String> labels, double value) {}

    static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0";

    static Scrape of(TestServer server, String accept) throws Exception {
        HttpReply page =
                server.client()
                        .http(
                                Wire.Version.HTTP_1_1,
                                HttpRequest.get("/metrics").header("accept", accept));
        assertThat(page.status()).isEqualTo(200);
        boolean open = accept.contains("openmetrics");
        assertThat(page.header("content-type").orElse(""))
                .startsWith(open ? "application/openmetrics-text" : "text/plain");
        return parse(page.body(), open ? "openmetrics" : "text");
    }

    private static Scrape parse(String page, String format) throws Exception {
        Process process =
                new ProcessBuilder(
                                Installs.pip(Path.of("src", "test", "python", "requirements.txt"))
                                        .toString(),
                                "src/test/python/scrape.py",
                                format)
                        .redirectErrorStream(true)
                        .start();
        try (var out = process.getOutputStream()) {
            out.write(page.getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        List<Sample> samples = new ArrayList<>();
        said.lines().forEach(line -> samples.add(sample(line)));
        return new Scrape(samples);
    }

    private static Sample sample(String line) {
        try (JsonReader reader =
                Json.createReader(new StringReader(line.replace("Infinity", "1e308")))) {
            JsonObject json = reader.readObject();
            JsonObject labels = json.getJsonObject("labels");
            return new Sample(
                    json.getString("family"),
                    json.getString("type"),
                    json.getString("name"),
                    labels.keySet().stream()
                            .collect(Collectors.toMap(key -> key, labels::getString)),
                    json.get("value") instanceof JsonNumber number
                            ? number.doubleValue()
                            : Double.NaN);
        }
    }

    /** The sum of all samples of this name with these labels. */
    double sum(String name, String... labels) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name) && has(sample, labels))
                .mapToDouble(Sample::value)
                .sum();
    }

    private static boolean has(Sample sample, String... labels) {
        for (int i = 0; i < labels.length; i += 2) {
            if (!labels[i + 1].equals(sample.labels().getOrDefault(labels[i], ""))) {
                return false;
            }
        }
        return true;
    }

    /** All values that a label has. */
    Set<String> values(String label) {
        return samples.stream()
                .filter(sample -> sample.labels().containsKey(label))
                .map(sample -> sample.labels().get(label))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
