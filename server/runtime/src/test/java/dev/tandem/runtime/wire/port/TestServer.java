package dev.tandem.runtime.wire.port;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.tls.LiveTls;
import dev.tandem.runtime.tls.TestKeys;
import dev.tandem.runtime.tls.TlsException;
import dev.tandem.runtime.wire.connection.OwnedStream;
import dev.tandem.runtime.wire.connection.RefusedRequest;
import dev.tandem.runtime.wire.connection.StreamHandler;
import dev.tandem.runtime.wire.connection.WireSettings;
import dev.tandem.runtime.wire.tls.TlsDoor;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A server on a port of its own: streams below {@code /owned} go to the test's handler, the rest to
 * its routing.
 */
final class TestServer implements AutoCloseable {
    final Wires wires;
    final AtomicReference<StreamHandler> handler = new AtomicReference<>(TestServer::nothing);
    private final WebServer server;

    private TestServer(
            WireSettings settings,
            @Nullable TlsDoor tls,
            Consumer<HttpRouting.Builder> routes,
            Consumer<WebServerConfig.Builder> more) {
        WebServerConfig.Builder builder =
                WebServer.builder()
                        .port(0)
                        .host("127.0.0.1")
                        .shutdownGracePeriod(Duration.ofMillis(100));
        wires =
                Wires.install(
                        builder,
                        settings,
                        tls,
                        (method, path, contentType) -> path.startsWith("/owned"),
                        this::answer);
        HttpRouting.Builder routing = HttpRouting.builder().addFilter(wires);
        routes.accept(routing);
        builder.routing(routing);
        more.accept(builder);
        server = builder.build().start();
    }

    private void answer(OwnedStream stream) throws InterruptedException {
        RefusedRequest refused = stream.refused();
        if (refused == null) {
            handler.get().handle(stream);
            return;
        }
        ApiError error = refused.error();
        stream.headers(error.code().http(), WritableHeaders.create(), false);
        Handlers.send(stream, error.reason() + " " + error.message(), true);
    }

    static TestServer start(Consumer<HttpRouting.Builder> routes) {
        return start(WireSettings.defaults(), routes);
    }

    static TestServer start(WireSettings settings, Consumer<HttpRouting.Builder> routes) {
        return new TestServer(settings, null, routes, server -> {});
    }

    /** A server on every address of the machine. */
    static TestServer startEverywhere(WireSettings settings, Consumer<HttpRouting.Builder> routes) {
        return new TestServer(settings, null, routes, server -> server.host("0.0.0.0"));
    }

    static TestServer startTls(Consumer<HttpRouting.Builder> routes) {
        return startTls(WireSettings.defaults(), routes);
    }

    /** A server with the certificate that clients of {@link TlsClients} trust. */
    static TestServer startTls(WireSettings settings, Consumer<HttpRouting.Builder> routes) {
        try {
            TlsDoor tls = new TlsDoor(LiveTls.open(TestKeys.made().server()));
            return new TestServer(settings, tls, routes, server -> {});
        } catch (TlsException e) {
            throw new AssertionError(e);
        }
    }

    /** A server that takes a connection for idle after 200 ms. */
    static TestServer startImpatient(Consumer<HttpRouting.Builder> routes) {
        return new TestServer(
                WireSettings.defaults(),
                null,
                routes,
                server ->
                        server.idleConnectionTimeout(Duration.ofMillis(200))
                                .idleConnectionPeriod(Duration.ofMillis(50)));
    }

    /** Streams on {@code /owned} are answered by this. */
    TestServer owned(StreamHandler answer) {
        handler.set(answer);
        return this;
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
        wires.close();
    }

    private static void nothing(OwnedStream stream) {
        throw new AssertionError("no handler for " + stream.path());
    }
}
