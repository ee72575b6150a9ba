package dev.tandem.testing;

import com.google.protobuf.Message;
import dev.tandem.runtime.Server;
import dev.tandem.runtime.ServerBuilder;
import dev.tandem.runtime.call.Service;
import io.grpc.MethodDescriptor;
import java.time.Duration;

/**
 * A server on a free port of 127.0.0.1, with a client beside it.
 *
 * <pre>{@code
 * try (TestServer server = TestServer.start(people.service())) {
 *     Reply<Person> reply = server.call(Wire.REST, PeopleGrpc.getFindMethod(), request);
 * }
 * }</pre>
 */
public final class TestServer implements AutoCloseable {
    private final Server server;
    private final Client client;

    private TestServer(Server server) {
        this.server = server;
        this.client = new Client(server.port());
    }

    /** Serves services as the runtime does unless told otherwise, but drains no longer than 1 s. */
    public static TestServer start(Service... services) {
        ServerBuilder builder = Server.builder().drainLimit(Duration.ofSeconds(1));
        for (Service service : services) {
            builder.service(service);
        }
        return of(builder.start());
    }

    /** Takes over a server that runs on 127.0.0.1. */
    public static TestServer of(Server running) {
        return new TestServer(running);
    }

    /** The server itself. */
    public Server server() {
        return server;
    }

    /** The client, for all that the methods here do not do. */
    public Client client() {
        return client;
    }

    /** Calls and reads the whole answer. */
    public <Q extends Message, R extends Message> Reply<R> call(
            Wire wire, MethodDescriptor<Q, R> method, Q request) {
        return client.call(wire, method, request);
    }

    /** Begins a call; the caller reads as much as it likes and closes it. */
    public <Q extends Message, R extends Message> OpenCall<R> open(
            Wire wire, MethodDescriptor<Q, R> method, Q request) {
        return client.open(wire, method, request);
    }

    /** Leaves and stops the server. */
    @Override
    public void close() {
        client.close();
        server.close();
    }
}
