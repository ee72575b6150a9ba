package dev.tandem.runtime.wire.grpc;

import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.Pipeline;
import dev.tandem.runtime.call.RequestIds;
import dev.tandem.runtime.call.Service;
import dev.tandem.runtime.wire.connection.WireSettings;
import dev.tandem.runtime.wire.envelope.MessageLimits;
import dev.tandem.runtime.wire.envelope.Serving;
import dev.tandem.runtime.wire.port.Wires;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import java.util.ArrayList;
import java.util.List;

/** A server on a free port that speaks gRPC only, and channels of grpc-java to it. */
public final class GrpcServer implements AutoCloseable {
    private final Calls calls = new Calls(new RequestIds());
    private final Wires wires;
    private final WebServer web;
    private final List<ManagedChannel> channels = new ArrayList<>();

    /** Starts it. */
    public GrpcServer(Service... services) {
        this(WireSettings.defaults(), services);
    }

    /** Starts it with other limits of its connections. */
    public GrpcServer(WireSettings settings, Service... services) {
        GrpcWire wire =
                new GrpcWire(
                        Serving.of(
                                List.of(services),
                                new Pipeline(List.of()),
                                calls,
                                MessageLimits.standard()));
        WebServerConfig.Builder config = WebServer.builder().host("127.0.0.1").port(0);
        wires = Wires.install(config, settings, wire, wire);
        web = config.build().start();
    }

    /** The port on which it listens. */
    public int port() {
        return web.port();
    }

    /** The calls that run now. */
    public Calls calls() {
        return calls;
    }

    /** A new connection's builder. */
    public NettyChannelBuilder connect() {
        return NettyChannelBuilder.forAddress("127.0.0.1", port()).usePlaintext();
    }

    /** A new connection, closed with the server. */
    public ManagedChannel channel() {
        return closing(connect().maxInboundMessageSize(16 << 20).build());
    }

    /** The channel is closed with the server. */
    public ManagedChannel closing(ManagedChannel channel) {
        channels.add(channel);
        return channel;
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        calls.cancelAll(CancelCause.SHUTDOWN);
        web.stop();
        wires.close();
        calls.close();
    }
}
