package dev.tandem.runtime;

import dev.tandem.runtime.observe.Metrics;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;

/** {@code /metrics}: Prometheus's text format, or OpenMetrics where the scraper takes that. */
final class MetricsPage {
    private static final String OPEN_METRICS = "application/openmetrics-text";
    private static final int USUAL_BYTES = 64 << 10;

    private final Metrics metrics;
    private final ExpositionFormatWriter text = PrometheusTextFormatWriter.create();
    private final ExpositionFormatWriter openMetrics = OpenMetricsTextFormatWriter.create();

    MetricsPage(Metrics metrics) {
        this.metrics = metrics;
    }

    void route(HttpRouting.Builder routing) {
        routing.get("/metrics", this::tell);
    }

    private void tell(ServerRequest request, ServerResponse response) throws IOException {
        ExpositionFormatWriter writer = wanted(request);
        ByteArrayOutputStream page = new ByteArrayOutputStream(USUAL_BYTES);
        writer.write(page, metrics.scrape());
        response.header(HeaderNames.CONTENT_TYPE, writer.getContentType());
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        response.header(HeaderValues.create("vary", "accept"));
        response.send(page.toByteArray());
    }

    /** OpenMetrics is the better of the two for who lists it at all, as Prometheus does. */
    private ExpositionFormatWriter wanted(ServerRequest request) {
        String accept =
                request.headers()
                        .first(HeaderNames.ACCEPT)
                        .map(value -> value.toLowerCase(Locale.ROOT))
                        .orElse("");
        for (String range : accept.split(",", -1)) {
            String[] parts = range.strip().split("\\s*;\\s*", -1);
            if (parts[0].equals(OPEN_METRICS) && !refused(parts)) {
                return openMetrics;
            }
        }
        return text;
    }

    /** Does the range have {@code q=0} (RFC 9110, section 12.4.2)? */
    private static boolean refused(String[] parts) {
        for (String part : parts) {
            if (part.matches("q=0(\\.0*)?")) {
                return true;
            }
        }
        return false;
    }
}
