package dev.tandem.runtime;

import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.call.Pipeline;
import dev.tandem.runtime.call.RequestIds;
import dev.tandem.runtime.call.Service;
import dev.tandem.runtime.hosting.Health;
import dev.tandem.runtime.hosting.Reflection;
import dev.tandem.runtime.policy.TimeLimits;
import dev.tandem.runtime.tls.LiveTls;
import dev.tandem.runtime.tls.TlsException;
import dev.tandem.runtime.tls.TlsSettings;
import dev.tandem.runtime.wire.envelope.ErrorDetails;
import dev.tandem.runtime.wire.envelope.MessageLimits;
import dev.tandem.runtime.wire.envelope.Serving;
import dev.tandem.runtime.wire.port.RpcDoor;
import dev.tandem.runtime.wire.port.Wires;
import dev.tandem.runtime.wire.rest.RestSettings;
import dev.tandem.runtime.wire.rest.RestWire;
import dev.tandem.runtime.wire.tls.TlsDoor;
import dev.tandem.runtime.wire.websocket.SocketSettings;
import dev.tandem.runtime.wire.websocket.Sockets;
import dev.tandem.transcoding.route.RouteTable;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts a server together: what stands behind its port.
 *
 * @param services the application's
 * @param order the policies
 * @param handling how calls are taken and answered
 * @param status how the server is, for those who ask
 * @param pages what is served beside methods
 * @param resources opened last
 */
record Assembly(
        List<Service> services,
        PolicyOrder order,
        Handling handling,
        ServerStatus status,
        ServedPages pages,
        Resources resources) {

    /**
     * Puts everything into a Helidon server that does not run yet, and opens the resources.
     *
     * @param encryption null where the server has no TLS, or its own
     * @param problems what was found before
     * @throws IllegalArgumentException with all that is wrong
     */
    Parts on(
            WebServerConfig.Builder web, @Nullable TlsSettings encryption, StartProblems problems) {
        Readiness readiness = new Readiness(status.ready());
        Health health = new Health(status.of(services), readiness);
        List<Service> all = new ArrayList<>(services);
        all.add(health.service());
        all.addAll(Reflection.over(all));

        RouteTable table =
                problems.tried(
                        () -> RouteTable.of(services.stream().map(Service::descriptor).toList()));
        TimeLimits clock = new TimeLimits(handling.timeLimits());
        Pipeline pipeline = problems.tried(() -> order.pipeline(all, clock));
        LiveTls files = encryption == null ? null : problems.tried(() -> opened(encryption));
        if (table == null || pipeline == null || problems.any()) {
            if (files != null) {
                files.close();
            }
            throw problems.together();
        }
        clock.start();
        Calls calls = new Calls(new RequestIds());
        RestWire rest =
                new RestWire(
                        services,
                        table,
                        pipeline,
                        calls,
                        new RestSettings(handling.maxRequestBytes(), handling.heartbeat()),
                        new Sockets(
                                services,
                                table,
                                pipeline,
                                new SocketSettings(
                                        handling.maxRequestBytes(), handling.heartbeat())));
        RpcProtocols protocols = protocols(all, pipeline, calls);
        Wires wires =
                Wires.install(
                        web,
                        handling.wire(),
                        files == null ? null : new TlsDoor(files),
                        protocols.overHttp2(),
                        rest.refusing(protocols.overHttp2()));
        HttpRouting.Builder routing =
                HttpRouting.builder()
                        .addFilter(wires)
                        .addFilter(new RpcDoor(protocols.overHttp1(), protocols.overHttp1()));
        Parts parts =
                new Parts(
                        calls,
                        rest,
                        wires,
                        health,
                        readiness,
                        clock,
                        order.access(),
                        order.seen(),
                        resources);
        finish(web, routing, parts);
        return parts;
    }

    private void finish(WebServerConfig.Builder web, HttpRouting.Builder routing, Parts parts) {
        boolean finished = false;
        try {
            pages.install(
                    web,
                    routing,
                    parts.rest(),
                    own -> {
                        new Probes(parts.readiness(), status).route(own);
                        new WireMetrics(parts.calls(), parts.wires(), parts.readiness())
                                .route(parts.seen(), own);
                    });
            resources.open();
            finished = true;
        } finally {
            if (!finished) {
                parts.stop();
            }
        }
    }

    private RpcProtocols protocols(List<Service> all, Pipeline pipeline, Calls calls) {
        MessageLimits limits =
                MessageLimits.standard().withMaxMessageBytes(handling.maxRequestBytes());
        return RpcProtocols.of(
                Serving.of(all, pipeline, calls, limits)
                        .with(new ErrorDetails(handling.errorDetails())));
    }

    private static LiveTls opened(TlsSettings encryption) {
        try {
            return LiveTls.open(encryption);
        } catch (TlsException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
