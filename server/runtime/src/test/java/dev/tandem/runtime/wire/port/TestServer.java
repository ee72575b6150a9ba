package dev.tandem.runtime.wire.port;

import dev.tandem.runtime.wire.connection.OwnedStream;
import dev.tandem.runtime.wire.connection.StreamHandler;
import dev.tandem.runtime.wire.connection.WireSettings;
import io.helidon.common.tls.Tls;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

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
                        (method, path, contentType) -> path.startsWith("/owned"),
                        stream -> handler.get().handle(stream));
        HttpRouting.Builder routing = HttpRouting.builder().addFilter(wires);
        routes.accept(routing);
        builder.routing(routing);
        more.accept(builder);
        server = builder.build().start();
    }

    static TestServer start(Consumer<HttpRouting.Builder> routes) {
        return start(WireSettings.defaults(), routes);
    }

    static TestServer start(WireSettings settings, Consumer<HttpRouting.Builder> routes) {
        return new TestServer(settings, routes, server -> {});
    }

    /** A server on every address of the machine. */
    static TestServer startEverywhere(WireSettings settings, Consumer<HttpRouting.Builder> routes) {
        return new TestServer(settings, routes, server -> server.host("0.0.0.0"));
    }

    static TestServer startTls(Tls tls, Consumer<HttpRouting.Builder> routes) {
        return startTls(tls, WireSettings.defaults(), routes);
    }

    static TestServer startTls(
            Tls tls, WireSettings settings, Consumer<HttpRouting.Builder> routes) {
        return new TestServer(settings, routes, server -> server.tls(tls));
    }

    static TestServer startTls(
            SSLContext context, WireSettings settings, Consumer<HttpRouting.Builder> routes) {
        Tls tls = Tls.builder().sslContext(context).build();
        return new TestServer(settings, routes, server -> server.tls(tls));
    }

    /** A server that takes a connection for idle after 200 ms. */
    static TestServer startImpatient(Consumer<HttpRouting.Builder> routes) {
        return new TestServer(
                WireSettings.defaults(),
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
