package dev.tandem.client;

import io.grpc.BindableService;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** One service at a free port of the loopback, which remembers the headers of its calls. */
final class TestServer implements AutoCloseable {
    private final List<Metadata> calls = new CopyOnWriteArrayList<>();
    private final Server server;

    private TestServer(BindableService service, ServerCredentials credentials) {
        try {
            server =
                    Grpc.newServerBuilderForPort(0, credentials)
                            .addService(service)
                            .intercept(new Remember())
                            .build()
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TestServer of(BindableService service) {
        return new TestServer(service, InsecureServerCredentials.create());
    }

    static TestServer of(BindableService service, ServerCredentials credentials) {
        return new TestServer(service, credentials);
    }

    String address() {
        return "127.0.0.1:" + server.getPort();
    }

    /** Repeats at once, so that tests need not wait. */
    TandemClient client() {
        return builder().build();
    }

    TandemClientBuilder builder() {
        return TandemClient.builder(address()).retries(Retries.QUICK);
    }

    /** The headers of each call so far. */
    List<Metadata> calls() {
        return calls;
    }

    /** A header of a call. */
    String header(int call, String name) {
        return String.valueOf(
                calls.get(call).get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER)));
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private final class Remember implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            calls.add(headers);
            return next.startCall(call, headers);
        }
    }
}
