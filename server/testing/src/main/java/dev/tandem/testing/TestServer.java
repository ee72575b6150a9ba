package dev.tandem.testing;

import com.google.protobuf.Message;
import dev.tandem.runtime.Server;
import dev.tandem.runtime.ServerBuilder;
import dev.tandem.runtime.call.Service;
import io.grpc.MethodDescriptor;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server on a free port of 127.0.0.1, with a client beside it. A test keeps it in a field that
 * JUnit closes: after each test, or, where the field is static, after all.
 *
 * <pre>{@code
 * @AutoClose
 * private final TestServer server = TestServer.start(people.service());
 *
 * Reply<Person> reply = server.call(Wire.REST, PeopleGrpc.getFindMethod(), request);
 * }</pre>
 */
public final class TestServer implements AutoCloseable {
    private static final Duration DRAIN = Duration.ofSeconds(1);

    private final Server server;
    private final Client client;
    private final @Nullable Handlings handlings;

    private TestServer(Server server, @Nullable Handlings handlings) {
        this.server = server;
        this.client = new Client(server.port());
        this.handlings = handlings;
    }

    /** Serves services as the runtime does unless told otherwise, but drains no longer than 1 s. */
    public static TestServer start(Service... services) {
        ServerBuilder builder = Server.builder();
        for (Service service : services) {
            builder.service(service);
        }
        return start(builder);
    }

    /**
     * Starts what a program starts, with all its policies, but on a free port of 127.0.0.1, and
     * draining no longer than 1 s.
     */
    public static TestServer start(ServerBuilder builder) {
        Handlings handlings = new Handlings();
        Server server =
                builder.host("127.0.0.1")
                        .port(0)
                        .drainLimit(DRAIN)
                        .policies(List.of(handlings))
                        .start();
        return new TestServer(server, handlings);
    }

    /** Takes over a server that runs on 127.0.0.1; {@link #handling} does not see its handlers. */
    public static TestServer of(Server running) {
        return new TestServer(running, null);
    }

    /** The server itself. */
    public Server server() {
        return server;
    }

    /** The client, for all that the methods here do not do. */
    public Client client() {
        return client;
    }

    /** The port. */
    public int port() {
        return server.port();
    }

    /** The address of a path, for other clients: {@code http://127.0.0.1:…/docs}. */
    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    /** Calls and reads the whole answer. */
    public <Q extends Message, R extends Message> Reply<R> call(
            Wire wire, MethodDescriptor<Q, R> method, Q request) {
        return client.call(wire, method, request);
    }

    /** Calls with headers, a credential, a time limit, and reads the whole answer. */
    public <Q extends Message, R extends Message> Reply<R> call(
            Wire wire, MethodDescriptor<Q, R> method, Q request, Caller caller) {
        return client.call(wire, method, request, caller);
    }

    /**
     * Calls a method whose client streams, and reads the whole answer; not by REST, SSE, NDJSON.
     */
    public <Q extends Message, R extends Message> Reply<R> call(
            Wire wire, MethodDescriptor<Q, R> method, List<Q> requests) {
        return call(wire, method, requests, Caller.PLAIN);
    }

    /** The same with headers, a credential, a time limit. */
    public <Q extends Message, R extends Message> Reply<R> call(
            Wire wire, MethodDescriptor<Q, R> method, List<Q> requests, Caller caller) {
        return client.call(wire, method, requests, caller);
    }

    /** Begins a call; the caller reads as much as it likes and closes it. */
    public <Q extends Message, R extends Message> OpenCall<R> open(
            Wire wire, MethodDescriptor<Q, R> method, Q request) {
        return client.open(wire, method, request);
    }

    /** Begins a call with headers, a credential, a time limit; the caller closes it. */
    public <Q extends Message, R extends Message> OpenCall<R> open(
            Wire wire, MethodDescriptor<Q, R> method, Q request, Caller caller) {
        return client.open(wire, method, request, caller);
    }

    /** Begins a call by gRPC that sends and reads in turns; the caller closes it. */
    public <Q extends Message, R extends Message> Conversation<Q, R> converse(
            MethodDescriptor<Q, R> method) {
        return converse(Wire.GRPC, method);
    }

    /** Begins a call by gRPC or WebSocket that sends and reads in turns; the caller closes it. */
    public <Q extends Message, R extends Message> Conversation<Q, R> converse(
            Wire wire, MethodDescriptor<Q, R> method) {
        return converse(wire, method, Caller.PLAIN);
    }

    /** The same with headers, a credential, a time limit. */
    public <Q extends Message, R extends Message> Conversation<Q, R> converse(
            Wire wire, MethodDescriptor<Q, R> method, Caller caller) {
        return client.converse(wire, method, caller);
    }

    /** GET over HTTP/1.1, with the whole answer. */
    public HttpReply get(String path) {
        return http(HttpRequest.get(path));
    }

    /** POST of JSON text over HTTP/1.1, with the whole answer. */
    public HttpReply post(String path, String json) {
        return http(HttpRequest.post(path, json));
    }

    /** Any request over HTTP/1.1 as it stands, with the whole answer. */
    public HttpReply http(HttpRequest request) {
        return client.http(Wire.Version.HTTP_1_1, request);
    }

    /**
     * The handler's run for the last call of a method, waiting for one to begin.
     *
     * @throws IllegalStateException where none began, or the server was started by somebody else
     */
    public Handling handling(MethodDescriptor<?, ?> method) {
        if (handlings == null) {
            throw new IllegalStateException(
                    "the handlers of this server are not seen: start it by TestServer.start");
        }
        return handlings.last(method.getFullMethodName());
    }

    /** Leaves and stops the server. */
    @Override
    public void close() {
        client.close();
        server.close();
    }
}
