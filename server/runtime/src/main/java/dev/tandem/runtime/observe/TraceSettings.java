package dev.tandem.runtime.observe;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * Where spans go, and how many.
 *
 * @param endpoint of an OTLP receiver over HTTP: {@code http://localhost:4318}; without a path
 *     {@code /v1/traces} is meant
 * @param headers sent with each export; they may carry a credential and are never shown
 * @param ratio 0 to 1: how many of the traces that begin here are recorded. A caller's own decision
 *     in {@code traceparent} goes before
 * @param service the name under which the receiver knows this server
 * @param queue how many ended spans may wait to be exported; what is more is dropped
 * @param delay the longest time a span waits for others
 */
public record TraceSettings(
        URI endpoint,
        Map<String, String> headers,
        double ratio,
        String service,
        int queue,
        Duration delay) {

    public TraceSettings {
        headers = Map.copyOf(headers);
        if (!(ratio >= 0 && ratio <= 1)) {
            throw new IllegalArgumentException(
                    "the ratio of traces is " + ratio + "; set it to 0 for none, 1 for all");
        }
        if (queue < 1) {
            throw new IllegalArgumentException("the queue of spans must hold at least 1");
        }
    }

    /** All traces to this receiver, 2,048 spans waiting at most, for a second. */
    public static TraceSettings to(URI endpoint) {
        return new TraceSettings(endpoint, Map.of(), 1, "tandem", 2048, Duration.ofSeconds(1));
    }

    /** Where exports are posted to: the endpoint, with OTLP's usual path where it has none. */
    public URI address() {
        String path = endpoint.getPath();
        return path == null || path.isEmpty() || path.equals("/")
                ? endpoint.resolve("/v1/traces")
                : endpoint;
    }

    /** Only so many. */
    public TraceSettings withRatio(double share) {
        return new TraceSettings(endpoint, headers, share, service, queue, delay);
    }

    /** With headers of each export. */
    public TraceSettings withHeaders(Map<String, String> sent) {
        return new TraceSettings(endpoint, sent, ratio, service, queue, delay);
    }

    /** Under this name. */
    public TraceSettings withService(String name) {
        return new TraceSettings(endpoint, headers, ratio, name, queue, delay);
    }

    /** With a queue of another length, emptied at least so often. */
    public TraceSettings withQueue(int spans, Duration atLeastEach) {
        return new TraceSettings(endpoint, headers, ratio, service, spans, atLeastEach);
    }

    /** Without the headers, and without what may stand in the address. */
    @Override
    public String toString() {
        return "traces to " + endpoint.getHost() + ":" + endpoint.getPort() + ", ratio " + ratio;
    }
}
