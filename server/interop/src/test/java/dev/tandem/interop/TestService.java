package dev.tandem.interop;

import dev.tandem.runtime.Server;
import dev.tandem.runtime.call.Service;
import dev.tandem.runtime.hosting.BindableServices;
import io.grpc.ServerInterceptors;
import io.grpc.testing.integration.TestServiceImpl;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** A server with the test service of the interoperability cases: that of grpc-java, hosted. */
final class TestService implements AutoCloseable {
    /** The largest request of the cases has 10 MiB. */
    private static final int MAX_REQUEST_BYTES = 16 << 20;

    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(1);
    private final Server server;

    TestService() {
        server = Server.builder().maxRequestBytes(MAX_REQUEST_BYTES).service(service()).start();
    }

    private Service service() {
        return new BindableServices()
                .host(
                        ServerInterceptors.intercept(
                                new TestServiceImpl(executor), TestServiceImpl.interceptors()));
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
        executor.shutdownNow();
    }
}
