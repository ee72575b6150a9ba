package dev.tandem.onnx;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What Hugging Face's tokenizers 0.23.3, ONNX Runtime 1.29.0 for Python and the model's unquantized
 * weights give for the same files: an object of texts and rows of numbers a line.
 *
 * @param texts the strings of the object
 * @param rows the arrays of the object
 */
record Truth(Map<String, String> texts, Map<String, double[]> rows) {
    static List<Truth> read(String resource) {
        try (var in =
                new BufferedReader(
                        new InputStreamReader(
                                Objects.requireNonNull(Truth.class.getResourceAsStream(resource)),
                                StandardCharsets.UTF_8))) {
            return in.lines().map(Truth::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Truth parse(String line) {
        Truth truth = new Truth(new HashMap<>(), new HashMap<>());
        try (JsonParser json = new JsonFactory().createParser(ObjectReadContext.empty(), line)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                if (json.nextToken() == JsonToken.VALUE_STRING) {
                    truth.texts.put(name, json.getString());
                } else {
                    truth.rows.put(name, row(json));
                }
            }
        }
        return truth;
    }

    private static double[] row(JsonParser json) {
        List<Double> row = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            row.add(json.getDoubleValue());
        }
        return row.stream().mapToDouble(Double::doubleValue).toArray();
    }

    String text() {
        return Objects.requireNonNull(texts.get("text"));
    }

    double[] row(String name) {
        return Objects.requireNonNull(rows.get(name));
    }

    int[] ids() {
        double[] row = row("ids");
        int[] ids = new int[row.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = (int) row[i];
        }
        return ids;
    }

    static double cosine(float[] a, double[] b) {
        double dot = 0;
        double squares = 0;
        double others = 0;
        for (int i = 0; i < a.length; i++) {
            dot += a[i] * b[i];
            squares += a[i] * (double) a[i];
            others += b[i] * b[i];
        }
        return dot / Math.sqrt(squares * others);
    }
}
