package dev.tandem.gateway.doctor;

import dev.tandem.runtime.observe.TraceSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Does the receiver of spans take them? It is sent an export without any. */
public final class ReceiverCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final String ABOUT = "otlp";

    private ReceiverCheck() {}

    /** Looks. */
    public static Finding look(TraceSettings settings) throws InterruptedException {
        URI endpoint = settings.address();
        String place = endpoint.getHost() + ":" + endpoint.getPort();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(endpoint)
                        .timeout(PATIENCE)
                        .header("content-type", "application/x-protobuf")
                        .POST(HttpRequest.BodyPublishers.noBody());
        settings.headers().forEach(request::setHeader);
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            int status =
                    client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode();
            return status / 100 == 2
                    ? Finding.ok(ABOUT, place + " takes spans.")
                    : Finding.warning(
                            ABOUT,
                            "%s answers with HTTP %d.".formatted(place, status),
                            "Set TANDEM_OTLP_ENDPOINT to an OTLP receiver over HTTP, usually port 4318, and what"
                                    + " it asks for to TANDEM_OTLP_HEADERS.");
        } catch (IOException e) {
            return Finding.warning(
                    ABOUT,
                    "%s does not answer (%s).".formatted(place, e.getClass().getSimpleName()),
                    "Start the receiver, or correct TANDEM_OTLP_ENDPOINT; calls are answered without it.");
        }
    }
}
