package dev.tandem.bench.wire;

import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.call.Pipeline;
import dev.tandem.runtime.call.RequestIds;
import dev.tandem.runtime.call.Service;
import dev.tandem.runtime.wire.connection.WireSettings;
import dev.tandem.runtime.wire.envelope.MessageLimits;
import dev.tandem.runtime.wire.envelope.Serving;
import dev.tandem.runtime.wire.grpc.GrpcWire;
import dev.tandem.runtime.wire.port.RpcWires;
import dev.tandem.runtime.wire.port.Wires;
import dev.tandem.runtime.wire.rest.RestSettings;
import dev.tandem.runtime.wire.rest.RestWire;
import dev.tandem.transcoding.route.RouteTable;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import java.time.Duration;
import java.util.List;

/**
 * The runtime's wires with no policy around a handler, not even those that every server has: what
 * policies are compared with.
 */
final class BareServer {
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private final WebServer web;

    private BareServer(WebServer web) {
        this.web = web;
    }

    /** Starts it; on a free port. It ends with the process. */
    static BareServer start(List<Service> services) {
        Pipeline none = new Pipeline(List.of());
        Calls calls = new Calls(new RequestIds());
        MessageLimits limits = MessageLimits.standard();
        RestWire rest =
                new RestWire(
                        services,
                        RouteTable.of(services.stream().map(Service::descriptor).toList()),
                        none,
                        calls,
                        new RestSettings(limits.maxMessageBytes(), HEARTBEAT));
        RpcWires rpc =
                new RpcWires(
                        List.of(
                                RpcWires.Wire.of(
                                        new GrpcWire(Serving.of(services, none, calls, limits)))));
        WebServerConfig.Builder web =
                WebServer.builder().host("127.0.0.1").port(0).shutdownHook(false);
        Wires wires = Wires.install(web, WireSettings.defaults(), rpc, rest.refusing(rpc));
        rest.install(web, HttpRouting.builder().addFilter(wires), pages -> {});
        return new BareServer(web.build().start());
    }

    int port() {
        return web.port();
    }
}
