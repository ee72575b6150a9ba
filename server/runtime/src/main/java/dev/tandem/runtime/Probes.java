package dev.tandem.runtime;

import dev.tandem.runtime.call.Call;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** The pages that orchestrators and load balancers ask: {@code /health} and {@code /ready}. */
final class Probes {
    private static final byte[] OK = "{\"status\":\"ok\"}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NOT_READY =
            "{\"status\":\"not_ready\"}".getBytes(StandardCharsets.UTF_8);

    private final Readiness readiness;
    private final ServerStatus status;
    private final long begun = System.nanoTime();

    Probes(Readiness readiness, ServerStatus status) {
        this.readiness = readiness;
        this.status = status;
    }

    void route(HttpRouting.Builder routing) {
        Handler health = (request, response) -> tell(request, response, true);
        Handler ready = (request, response) -> tell(request, response, readiness.getAsBoolean());
        // some load balancers ask with HEAD
        routing.get("/health", health).head("/health", health);
        routing.get("/ready", ready).head("/ready", ready);
    }

    private void tell(ServerRequest request, ServerResponse response, boolean good) {
        boolean details = request.context().get(Call.class).filter(status.maySee()).isPresent();
        response.status(good ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503);
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        response.send(details ? details(good) : good ? OK : NOT_READY);
    }

    private byte[] details(boolean good) {
        JsonArrayBuilder parts = Json.createArrayBuilder();
        for (ServerStatus.Part part : status.parts().get()) {
            parts.add(
                    Json.createObjectBuilder()
                            .add("kind", part.kind())
                            .add("name", part.name())
                            .add("by", part.by())
                            .add("ready", part.ready()));
        }
        JsonObjectBuilder told =
                Json.createObjectBuilder()
                        .add("status", good ? "ok" : "not_ready")
                        .add("version", status.version())
                        .add("draining", readiness.draining())
                        .add(
                                "uptime_seconds",
                                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun))
                        .add("parts", parts);
        return told.build().toString().getBytes(StandardCharsets.UTF_8);
    }
}
