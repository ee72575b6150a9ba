package dev.tandem.gateway.config;

import dev.tandem.gateway.config.key.Key;
import dev.tandem.gateway.config.key.Section;
import dev.tandem.gateway.config.key.Types;
import dev.tandem.gateway.config.key.Values;
import dev.tandem.runtime.auth.Secret;
import dev.tandem.runtime.observe.TraceSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one sees of the server.
 *
 * @param metrics is there {@code /metrics}?
 * @param traces where spans go; empty where none are made
 * @param content do spans have what people and models say?
 */
public record ObserveSection(boolean metrics, Optional<TraceSettings> traces, boolean content) {
    /** What spans have of conversations. */
    enum Content {
        OFF,
        PROMPTS_AND_ANSWERS
    }

    private static final Key<Boolean> METRICS =
            Key.of(
                            "metrics",
                            Types.onOff(),
                            "Serve `/metrics`, to callers with the scope `metrics.read` where anybody is"
                                    + " asked.")
                    .variable("TANDEM_METRICS")
                    .fallback(true);

    private static final Key<String> ENDPOINT =
            Key.of(
                            "otlp_endpoint",
                            Types.text("an address that begins with http:// or https://"),
                            "The OTLP receiver over HTTP that spans are sent to.")
                    .variable("TANDEM_OTLP_ENDPOINT")
                    .otherwise("none: no traces")
                    .example("http://localhost:4318");

    private static final Key<Secret> HEADERS =
            Key.of(
                            "otlp_headers",
                            Types.secret(),
                            "`name=value`, separated by commas: sent with each export.")
                    .variable("TANDEM_OTLP_HEADERS");

    private static final Key<Double> RATIO =
            Key.of(
                            "trace_ratio",
                            Types.share(),
                            "How many of the traces that begin here are recorded. What a caller has"
                                    + " decided goes before.")
                    .variable("TANDEM_TRACE_RATIO")
                    .fallback(1.0);

    private static final Key<Content> CONTENT =
            Key.of(
                            "trace_content",
                            Types.oneOf(Content.class),
                            "Record in the spans of conversations what people and models say to each"
                                    + " other.")
                    .variable("TANDEM_TRACE_CONTENT")
                    .fallback(Content.OFF);

    /** Its place in the file. */
    public static final Section<ObserveSection> SECTION =
            Section.of(
                    "observe",
                    "Metrics and traces. [More](observability.md).",
                    ObserveSection::read,
                    METRICS,
                    ENDPOINT,
                    HEADERS,
                    RATIO,
                    CONTENT);

    private static ObserveSection read(Values in) {
        Map<String, String> headers = headers(in);
        return new ObserveSection(
                in.get(METRICS),
                in.find(ENDPOINT)
                        .flatMap(text -> endpoint(in, text))
                        .map(uri ->
                                TraceSettings.to(uri)
                                        .withRatio(in.get(RATIO))
                                        .withHeaders(headers)),
                in.get(CONTENT) == Content.PROMPTS_AND_ANSWERS);
    }

    private static Optional<URI> endpoint(Values in, String text) {
        try {
            URI uri = new URI(text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http && uri.getHost() != null && uri.getUserInfo() == null) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException e) {
            // told below, as any other that is none
        }
        in.problem(
                ENDPOINT,
                "it is no address of a receiver; set it to http://host:4318, and credentials to %s."
                        .formatted(in.called(HEADERS)));
        return Optional.empty();
    }

    private static Map<String, String> headers(Values in) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String pair : in.find(HEADERS).map(Secret::reveal).orElse("").split(",", -1)) {
            if (pair.isBlank()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = pair.substring(0, Math.max(0, equals)).strip();
            if (!name.matches("[A-Za-z0-9-]+") || !pair.matches("[\\x20-\\x7e]*")) {
                in.problem(
                        HEADERS,
                        "it is not name=value, separated by commas; its values are not told here.");
                return Map.of();
            }
            headers.put(name, pair.substring(equals + 1).strip());
        }
        return headers;
    }
}
