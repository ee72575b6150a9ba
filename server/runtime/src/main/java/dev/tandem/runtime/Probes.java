package dev.tandem.runtime;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/** The pages that orchestrators and load balancers ask: {@code /health} and {@code /ready}. */
final class Probes {
    private static final byte[] OK = "{\"status\":\"ok\"}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NOT_READY =
            "{\"status\":\"not_ready\"}".getBytes(StandardCharsets.UTF_8);

    private final BooleanSupplier ready;

    Probes(BooleanSupplier ready) {
        this.ready = ready;
    }

    void route(HttpRouting.Builder routing) {
        Handler health = (request, response) -> send(response, Status.OK_200, OK);
        Handler readiness = (request, response) -> tellReady(response);
        // some load balancers ask with HEAD
        routing.get("/health", health).head("/health", health);
        routing.get("/ready", readiness).head("/ready", readiness);
    }

    private void tellReady(ServerResponse response) {
        if (ready.getAsBoolean()) {
            send(response, Status.OK_200, OK);
        } else {
            send(response, Status.SERVICE_UNAVAILABLE_503, NOT_READY);
        }
    }

    private static void send(ServerResponse response, Status status, byte[] json) {
        response.status(status);
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        response.send(json);
    }
}
