package dev.tandem.runtime.wire.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.wire.connection.OwnedStream;
import dev.tandem.runtime.wire.connection.WireSettings;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.helidon.http.HeaderNames;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.http.HttpRouting;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The limit of concurrent streams: exactly as many are served, one more is refused.
 *
 * <p>For longer: {@code -Dtandem.calls=200000}.
 */
class StreamLimitTest {
    private static final int LIMIT = 20;
    private static final int REFUSED_STREAM = 7;
    private static final int ENHANCE_YOUR_CALM = 11;

    private final CountDownLatch released = new CountDownLatch(1);
    private final TestServer server = TestServer.start(settings(), this::routes);

    private static WireSettings settings() {
        return WireSettings.defaults()
                .with(new WireSettings.Streams(LIMIT, 65_535, 1 << 20, 16 * 1024, 100));
    }

    private void routes(HttpRouting.Builder routing) {
        routing.get("/hi", (request, response) -> response.send("hi"))
                .get("/none", (request, response) -> response.status(204).send())
                .get(
                        "/wait",
                        (request, response) -> {
                            released.await();
                            response.send("at last");
                        });
    }

    @AfterEach
    void stop() {
        released.countDown();
        server.close();
    }

    @Test
    void asManyAsAllowedAreServedAndOneMoreIsRefused() throws Exception {
        server.owned(Handlers.until(released));
        try (Http2Client client = Http2Client.open(server.port())) {
            int next = open(client, LIMIT);
            client.get(next, "/hi");
            assertThat(client.awaitReset(next)).isEqualTo(REFUSED_STREAM);
            assertThat(client.setting(3)).isEqualTo(LIMIT);
            released.countDown();
            client.awaitEnd(1, 3, next - 2);
            client.get(next + 2, "/hi");
            client.awaitEnd(next + 2);
            assertThat(client.goAways()).isEmpty();
        }
    }

    /** Half of them owned, half plain; returns the next id. */
    private static int open(Http2Client client, int count) throws IOException {
        int id = 1;
        for (; id < 2 * count; id += 2) {
            if (id % 4 == 1) {
                client.headers(id, "POST", "/owned", true);
            } else {
                client.get(id, "/wait");
            }
        }
        return id;
    }

    @Test
    void aCancelledStreamMakesRoomAtOnce() throws Exception {
        server.owned(Handlers.until(released));
        try (Http2Client client = Http2Client.open(server.port())) {
            int next = open(client, LIMIT);
            client.awaitHeaders(1);
            client.reset(1);
            client.get(next, "/hi");
            client.awaitEnd(next);
        }
    }

    @Test
    void handlersThatDoNotNoticeTheirCancelHoldNewStreamsBack() throws Exception {
        AtomicInteger started = new AtomicInteger();
        server.owned(stream -> {
            started.incrementAndGet();
            released.await();
        });
        try (Http2Client client = Http2Client.open(server.port())) {
            int id = 1;
            for (; id < 2 * LIMIT; id += 2) {
                client.headers(id, "POST", "/owned", true);
            }
            Eventually.until("the handlers run", () -> started.get() == LIMIT);
            for (int running = 1; running < id; running += 2) {
                client.reset(running);
            }
            client.get(id, "/hi");
            assertThat(client.awaitReset(id)).isEqualTo(REFUSED_STREAM);
            released.countDown();
            Eventually.until("the handlers end", () -> server.wires.inFlight() == 0);
            client.get(id + 2, "/hi");
            client.awaitEnd(id + 2);
        }
    }

    @Test
    void aClientThatIgnoresTheLimitLosesItsConnection() throws Exception {
        server.owned(Handlers.until(released));
        try (Http2Client client = Http2Client.open(server.port())) {
            client.quietly(() -> open(client, LIMIT + 102));
            assertThat(client.awaitConnectionError()).isEqualTo(ENHANCE_YOUR_CALM);
        }
    }

    @Test
    void aClientAlwaysExactlyAtTheLimitIsNeverRefused() throws Exception {
        AtomicInteger turn = new AtomicInteger();
        server.owned(stream -> answer(stream, turn.incrementAndGet()));
        try (Http2Client client = Http2Client.open(server.port())) {
            client.keepsBodies = false;
            Set<Integer> open = new HashSet<>();
            int next = 1;
            while (next < 2 * Integer.getInteger("tandem.calls", 6000)) {
                open.removeIf(client::ended);
                while (open.size() < LIMIT) {
                    request(client, next);
                    open.add(next);
                    next += 2;
                }
                assertThat(client.has(frame -> frame.type == Http2Client.RST_STREAM)).isFalse();
                assertThat(client.closedByServer()).isFalse();
                client.frames.clear();
            }
            Eventually.until("all end", () -> open.stream().allMatch(client::ended));
        }
    }

    private static void request(Http2Client client, int id) throws IOException {
        switch (id % 10) {
            case 1 -> client.get(id, "/hi");
            case 3 -> client.get(id, "/none");
            default -> client.headers(id, "POST", "/owned", true);
        }
    }

    /** Every way in which an owned stream ends. */
    private static void answer(OwnedStream stream, int turn) throws InterruptedException {
        switch (turn % 3) {
            case 0 -> Handlers.HELLO.handle(stream);
            case 1 -> Handlers.ECHO.handle(stream);
            default -> stream.headers(204, WritableHeaders.create(), true);
        }
    }

    @Test
    void aGrpcClientAlwaysExactlyAtTheLimitIsNeverRefused() throws Exception {
        server.owned(StreamLimitTest::grpcEcho);
        int calls = 6000;
        CountDownLatch done = new CountDownLatch(calls);
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                        .usePlaintext()
                        .disableRetry() // it would hide a refused stream
                        .build();
        try {
            for (int i = 0; i < calls; i++) {
                ClientCalls.asyncUnaryCall(
                        channel.newCall(ECHO, CallOptions.DEFAULT),
                        new byte[i % 100],
                        new Outcome(done, failures));
            }
            assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(failures).isEmpty();
        } finally {
            channel.shutdownNow();
        }
    }

    private record Outcome(CountDownLatch done, Queue<Throwable> failures)
            implements StreamObserver<byte[]> {
        @Override
        public void onNext(byte[] value) {
            // its coming is enough
        }

        @Override
        public void onError(Throwable cause) {
            failures.add(cause);
            done.countDown();
        }

        @Override
        public void onCompleted() {
            done.countDown();
        }
    }

    private static void grpcEcho(OwnedStream stream) throws InterruptedException {
        stream.headers(
                200,
                WritableHeaders.create().set(HeaderNames.CONTENT_TYPE, "application/grpc"),
                false);
        for (byte[] bytes = stream.take();
                bytes != null && bytes.length > 0;
                bytes = stream.take()) {
            stream.data(bytes, 0, bytes.length, false);
        }
        stream.trailers(WritableHeaders.create().set(HeaderNames.create("grpc-status"), "0"));
    }

    private static final MethodDescriptor.Marshaller<byte[]> BYTES =
            new MethodDescriptor.Marshaller<>() {
                @Override
                public InputStream stream(byte[] value) {
                    return new ByteArrayInputStream(value);
                }

                @Override
                public byte[] parse(InputStream stream) {
                    try {
                        return stream.readAllBytes();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            };

    private static final MethodDescriptor<byte[], byte[]> ECHO =
            MethodDescriptor.newBuilder(BYTES, BYTES)
                    .setType(MethodDescriptor.MethodType.UNARY)
                    .setFullMethodName("owned.Test/Echo")
                    .build();
}
