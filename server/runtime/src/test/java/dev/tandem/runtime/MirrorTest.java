package dev.tandem.runtime;

import dev.tandem.runtime.RawAnswer.Version;
import dev.tandem.runtime.call.Service;
import dev.tandem.runtime.call.Sink;
import dev.tandem.test.v1.Everything;
import dev.tandem.test.v1.MirrorServiceGrpc;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server whose methods answer with their request, and a way to send it anything. */
abstract class MirrorTest {
    static final int LIMIT = 100_000;
    static final byte[] NOTHING = {};

    Server server;

    @BeforeEach
    void start() {
        Service service =
                Service.of(MirrorServiceGrpc.getServiceDescriptor())
                        .unary(MirrorServiceGrpc.getShowMethod(), (request, call) -> request)
                        .unary(MirrorServiceGrpc.getPutMethod(), (request, call) -> request)
                        .stream(MirrorServiceGrpc.getWatchMethod(), MirrorTest::twice)
                        .build();
        server =
                configured(
                                Server.builder()
                                        .service(service)
                                        .maxRequestBytes(LIMIT)
                                        .drainLimit(Duration.ZERO))
                        .start();
    }

    ServerBuilder configured(ServerBuilder builder) {
        return builder;
    }

    private static void twice(Everything request, Sink<Everything> sink, Object call) {
        sink.send(request);
        sink.send(request.toBuilder().addNumbers(7).build());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    RawAnswer send(Version version, String method, String path, String... headers) {
        return RawAnswer.to(version, server.port(), method, path, NOTHING, headers);
    }

    RawAnswer sendJson(Version version, String method, String path, String json) {
        return RawAnswer.to(
                version,
                server.port(),
                method,
                path,
                json.getBytes(StandardCharsets.UTF_8),
                "content-type",
                "application/json");
    }
}
