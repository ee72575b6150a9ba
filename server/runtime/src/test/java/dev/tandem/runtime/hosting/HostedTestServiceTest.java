package dev.tandem.runtime.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.tandem.runtime.wire.grpc.GrpcServer;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.grpc.testing.integration.Messages.BoolValue;
import io.grpc.testing.integration.Messages.EchoStatus;
import io.grpc.testing.integration.Messages.Payload;
import io.grpc.testing.integration.Messages.ResponseParameters;
import io.grpc.testing.integration.Messages.SimpleRequest;
import io.grpc.testing.integration.Messages.SimpleResponse;
import io.grpc.testing.integration.Messages.StreamingOutputCallRequest;
import io.grpc.testing.integration.Messages.StreamingOutputCallResponse;
import io.grpc.testing.integration.TestServiceGrpc;
import io.grpc.testing.integration.TestServiceImpl;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/**
 * gRPC's test service, hosted: what gRPC's interoperability cases, which the module {@code interop}
 * runs, do not ask. No call is left at the end.
 */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(60)
class HostedTestServiceTest {
    private static final int REQUEST = 271_828;
    private static final int RESPONSE = 314_159;

    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(1);
    private @Nullable GrpcServer server;
    private @Nullable ManagedChannel channel;

    @BeforeAll
    void start() {
        var service =
                ServerInterceptors.intercept(
                        new TestServiceImpl(executor), TestServiceImpl.interceptors());
        server = new GrpcServer(new BindableServices().host(service));
        channel = server.channel();
    }

    @AfterAll
    void stop() throws InterruptedException {
        try (GrpcServer running = server()) {
            assertThat(running.calls().awaitIdle(Duration.ofSeconds(10))).isTrue();
        }
        executor.shutdownNow();
    }

    @Test
    void compressedUnaryBothWays() {
        SimpleRequest request =
                large().setResponseCompressed(BoolValue.newBuilder().setValue(true)).build();
        SimpleResponse response = blocking().withCompression("gzip").unaryCall(request);
        assertThat(response.getPayload().getBody()).hasSize(RESPONSE);
    }

    @Test
    void everyStatusCodeArrivesAsItIs() {
        for (Status.Code code : Status.Code.values()) {
            if (code != Status.Code.OK) {
                EchoStatus echo = EchoStatus.newBuilder().setCode(code.value()).build();
                Status status = failure(() -> blocking().unaryCall(status(echo))).getStatus();
                assertThat(status.getCode()).isEqualTo(code);
            }
        }
    }

    @Test
    void cancelAfterFirstResponse() throws Exception {
        Answers<StreamingOutputCallResponse> answers = new Answers<>();
        var requests =
                (io.grpc.stub.ClientCallStreamObserver<StreamingOutputCallRequest>)
                        TestServiceGrpc.newStub(channel()).fullDuplexCall(answers);
        requests.onNext(sizes(31_415));
        assertThat(answers.next()).isNotNull();
        requests.cancel("enough", null);
        assertThat(answers.end.get(10, TimeUnit.SECONDS).getCode())
                .isEqualTo(Status.Code.CANCELLED);
        assertThat(server().calls().awaitIdle(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void timeoutOnSleepingServer() throws Exception {
        Answers<StreamingOutputCallResponse> answers = new Answers<>();
        var requests =
                TestServiceGrpc.newStub(channel())
                        .withDeadlineAfter(50, TimeUnit.MILLISECONDS)
                        .fullDuplexCall(answers);
        requests.onNext(
                StreamingOutputCallRequest.newBuilder()
                        .addResponseParameters(
                                ResponseParameters.newBuilder()
                                        .setSize(1)
                                        .setIntervalUs(60_000_000))
                        .build());
        assertThat(answers.end.get(10, TimeUnit.SECONDS).getCode())
                .isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertThat(server().calls().awaitIdle(Duration.ofSeconds(10))).isTrue();
    }

    /** A client that asks for one message at a time gets each. */
    @Test
    void clientsOwnFlowControlHolds() throws Exception {
        BlockingQueue<StreamingOutputCallResponse> got = new LinkedBlockingQueue<>();
        CompletableFuture<Status> end = new CompletableFuture<>();
        ClientCall<StreamingOutputCallRequest, StreamingOutputCallResponse> call =
                channel()
                        .newCall(
                                TestServiceGrpc.getStreamingOutputCallMethod(),
                                io.grpc.CallOptions.DEFAULT);
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onMessage(StreamingOutputCallResponse message) {
                        got.add(message);
                    }

                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        end.complete(status);
                    }
                },
                new Metadata());
        call.sendMessage(sizes(100_000, 100_000, 100_000, 100_000, 100_000, 100_000));
        call.halfClose();
        for (int i = 0; i < 6; i++) {
            call.request(1);
            assertThat(got.poll(10, TimeUnit.SECONDS)).isNotNull();
        }
        assertThat(end.get(10, TimeUnit.SECONDS).isOk()).isTrue();
    }

    private GrpcServer server() {
        if (server == null) {
            throw new IllegalStateException("not started");
        }
        return server;
    }

    private ManagedChannel channel() {
        if (channel == null) {
            throw new IllegalStateException("not started");
        }
        return channel;
    }

    private TestServiceGrpc.TestServiceBlockingStub blocking() {
        return TestServiceGrpc.newBlockingStub(channel());
    }

    private static SimpleRequest.Builder large() {
        return SimpleRequest.newBuilder().setResponseSize(RESPONSE).setPayload(payload(REQUEST));
    }

    private static SimpleRequest status(EchoStatus status) {
        return SimpleRequest.newBuilder().setResponseStatus(status).build();
    }

    private static StreamingOutputCallRequest sizes(int... sizes) {
        StreamingOutputCallRequest.Builder request = StreamingOutputCallRequest.newBuilder();
        for (int size : sizes) {
            request.addResponseParameters(ResponseParameters.newBuilder().setSize(size));
        }
        return request.build();
    }

    private static Payload payload(int size) {
        return Payload.newBuilder().setBody(ByteString.copyFrom(new byte[size])).build();
    }

    private static StatusRuntimeException failure(Runnable call) {
        StatusRuntimeException failure =
                catchThrowableOfType(StatusRuntimeException.class, call::run);
        assertThat(failure).isNotNull();
        return failure;
    }

    private static final class Answers<T> implements StreamObserver<T> {
        final BlockingQueue<T> messages = new LinkedBlockingQueue<>();
        final CompletableFuture<Status> end = new CompletableFuture<>();

        T next() throws InterruptedException {
            T message = messages.poll(10, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("no message came; " + end);
            }
            return message;
        }

        @Override
        public void onNext(T value) {
            messages.add(value);
        }

        @Override
        public void onError(Throwable t) {
            end.complete(Status.fromThrowable(t));
        }

        @Override
        public void onCompleted() {
            end.complete(Status.OK);
        }
    }
}
