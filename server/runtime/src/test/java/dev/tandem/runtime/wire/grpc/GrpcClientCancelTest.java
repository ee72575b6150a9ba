package dev.tandem.runtime.wire.grpc;

import static dev.tandem.runtime.wire.grpc.ClientSide.HELLO;
import static dev.tandem.runtime.wire.grpc.ClientSide.awaitIdle;
import static dev.tandem.runtime.wire.grpc.ClientSide.begin;
import static dev.tandem.runtime.wire.grpc.ClientSide.count;
import static dev.tandem.runtime.wire.grpc.ClientSide.counted;
import static dev.tandem.runtime.wire.grpc.ClientSide.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.hosting.BindableServices;
import dev.tandem.runtime.hosting.Health;
import dev.tandem.runtime.wire.grpc.ClientSide.First;
import dev.tandem.test.v1.ChatRequest;
import dev.tandem.test.v1.CountRequest;
import dev.tandem.test.v1.CountResponse;
import dev.tandem.test.v1.ProbeServiceGrpc;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.grpc.testing.integration.EmptyProtos;
import io.grpc.testing.integration.TestServiceGrpc;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls of grpc-java's own client that end early: by deadline, client, network or shutdown. */
@Timeout(60)
class GrpcClientCancelTest {
    @Test
    void aHandlerLearnsOfTheDeadline() throws Exception {
        CompletableFuture<CancelCause> cause = new CompletableFuture<>();
        Probe probe =
                new Probe()
                        .echo((source, sink, call) -> {
                            call.onCancel(() -> cause.complete(call.cancelled()));
                            new CountDownLatch(1).await();
                        });
        try (GrpcServer server = new GrpcServer(probe.service())) {
            ManagedChannel channel = server.channel();
            var connected = ProbeServiceGrpc.newBlockingStub(channel);
            assertThat(counted(connected.count(count(1, 1)))).isEqualTo(1);
            var stub = connected.withDeadlineAfter(1, TimeUnit.SECONDS);
            Status status = failure(() -> stub.echo(HELLO)).getStatus();
            assertThat(status.getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
            // whichever came first: our own clock or the client's RST_STREAM
            assertThat(cause.get(10, TimeUnit.SECONDS))
                    .isIn(CancelCause.DEADLINE, CancelCause.CLIENT_LEFT);
            awaitIdle(server);
        }
    }

    @Test
    void aClientThatCancelsBeforeTheFirstMessageEndsTheHandler() throws Exception {
        CompletableFuture<CancelCause> cause = new CompletableFuture<>();
        CountDownLatch running = new CountDownLatch(1);
        Probe probe =
                new Probe()
                        .count((source, sink, call) -> {
                            call.onCancel(() -> cause.complete(call.cancelled()));
                            running.countDown();
                            new CountDownLatch(1).await();
                        });
        try (GrpcServer server = new GrpcServer(probe.service())) {
            ClientCall<CountRequest, CountResponse> call = begin(server.channel(), count(1, 1));
            assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
            call.cancel("enough", null);
            assertThat(cause.get(10, TimeUnit.SECONDS)).isEqualTo(CancelCause.CLIENT_LEFT);
            awaitIdle(server);
        }
    }

    /** The rule is 250 ms; of five tries one must show it, since the machine may be busy. */
    @Test
    void aHandlerLearnsSoonThatItsClientDied() throws Exception {
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < 5 && fastest > TimeUnit.MILLISECONDS.toNanos(250); i++) {
            fastest = Math.min(fastest, nanosToLearn());
        }
        assertThat(Duration.ofNanos(fastest)).isLessThanOrEqualTo(Duration.ofMillis(250));
    }

    private static long nanosToLearn() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CompletableFuture<Long> learned = new CompletableFuture<>();
        Probe probe =
                new Probe()
                        .count((source, sink, call) -> {
                            call.onCancel(() -> learned.complete(System.nanoTime()));
                            running.countDown();
                            new CountDownLatch(1).await();
                        });
        try (GrpcServer server = new GrpcServer(probe.service());
                Relay relay = new Relay(server.port())) {
            ManagedChannel channel =
                    server.closing(
                            NettyChannelBuilder.forAddress("127.0.0.1", relay.port())
                                    .usePlaintext()
                                    .build());
            begin(channel, count(1, 1));
            assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
            long cut = System.nanoTime();
            relay.cut();
            long nanos = learned.get(10, TimeUnit.SECONDS) - cut;
            awaitIdle(server);
            return nanos;
        }
    }

    /** Every way in which calls end, many times: none is still running afterwards. */
    @Test
    void noCallIsLeftBehind() throws Exception {
        try (GrpcServer server =
                new GrpcServer(
                        new Probe().service(),
                        new BindableServices().host(new Later()),
                        new Health(java.util.Map.of(), () -> true).service())) {
            ManagedChannel channel = server.channel();
            for (int i = 0; i < 20; i++) {
                assertThat(counted(ProbeServiceGrpc.newBlockingStub(channel).count(count(2, 2))))
                        .isEqualTo(2);
                begin(channel, count(1_000_000, 1000)).cancel("enough", null);
                assertThat(
                                TestServiceGrpc.newBlockingStub(channel)
                                        .emptyCall(EmptyProtos.Empty.getDefaultInstance()))
                        .isNotNull();
                StreamObserver<ChatRequest> open =
                        ProbeServiceGrpc.newStub(channel)
                                .chat(new First<>(new CompletableFuture<>()));
                open.onError(new IllegalStateException("dropped"));
            }
            awaitIdle(server);
        }
    }

    /** Completes on another thread, after its method has returned. */
    private static final class Later extends TestServiceGrpc.TestServiceImplBase {
        @Override
        public void emptyCall(
                EmptyProtos.Empty request, StreamObserver<EmptyProtos.Empty> observer) {
            Thread.startVirtualThread(() -> {
                observer.onNext(request);
                observer.onCompleted();
            });
        }
    }

    @Test
    void shutdownEndsRunningCallsAsUnavailable() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        Probe probe =
                new Probe()
                        .count((source, sink, call) -> {
                            sink.send(CountResponse.getDefaultInstance());
                            running.countDown();
                            new CountDownLatch(1).await();
                        });
        try (GrpcServer server = new GrpcServer(probe.service())) {
            Iterator<CountResponse> answers =
                    ProbeServiceGrpc.newBlockingStub(server.channel()).count(count(1, 1));
            assertThat(answers.next()).isNotNull();
            assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
            server.calls().cancelAll(CancelCause.SHUTDOWN);
            Status status = failure(() -> counted(answers)).getStatus();
            assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        }
    }
}
