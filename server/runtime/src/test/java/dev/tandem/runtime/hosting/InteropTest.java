package dev.tandem.runtime.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.tandem.runtime.wire.grpc.GrpcServer;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.grpc.testing.integration.EmptyProtos.Empty;
import io.grpc.testing.integration.Messages.BoolValue;
import io.grpc.testing.integration.Messages.EchoStatus;
import io.grpc.testing.integration.Messages.Payload;
import io.grpc.testing.integration.Messages.ResponseParameters;
import io.grpc.testing.integration.Messages.SimpleRequest;
import io.grpc.testing.integration.Messages.SimpleResponse;
import io.grpc.testing.integration.Messages.StreamingInputCallRequest;
import io.grpc.testing.integration.Messages.StreamingInputCallResponse;
import io.grpc.testing.integration.Messages.StreamingOutputCallRequest;
import io.grpc.testing.integration.Messages.StreamingOutputCallResponse;
import io.grpc.testing.integration.TestServiceGrpc;
import io.grpc.testing.integration.TestServiceImpl;
import io.grpc.testing.integration.UnimplementedServiceGrpc;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/**
 * gRPC's interoperability cases: its test service, hosted, and grpc-java's client. The cases are
 * those of the gRPC project's "Interoperability Test Case Descriptions", under the same names.
 */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(60)
class InteropTest {
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
    void emptyUnary() {
        assertThat(blocking().emptyCall(Empty.getDefaultInstance()))
                .isEqualTo(Empty.getDefaultInstance());
    }

    @Test
    void largeUnary() {
        SimpleResponse response = blocking().unaryCall(large().build());
        assertThat(response.getPayload().getBody()).hasSize(RESPONSE);
    }

    @Test
    void compressedUnaryBothWays() {
        SimpleRequest request =
                large().setResponseCompressed(BoolValue.newBuilder().setValue(true)).build();
        SimpleResponse response = blocking().withCompression("gzip").unaryCall(request);
        assertThat(response.getPayload().getBody()).hasSize(RESPONSE);
    }

    @Test
    void clientStreaming() throws Exception {
        assertThat(aggregate(false).getAggregatedPayloadSize()).isEqualTo(74_922);
    }

    @Test
    void clientCompressedStreaming() throws Exception {
        assertThat(aggregate(true).getAggregatedPayloadSize()).isEqualTo(74_922);
    }

    @Test
    void serverStreaming() {
        assertSizes(blocking().streamingOutputCall(sizes(31_415, 9, 2_653, 58_979)));
    }

    @Test
    void serverCompressedStreaming() {
        StreamingOutputCallRequest.Builder request = StreamingOutputCallRequest.newBuilder();
        for (int size : new int[] {31_415, 9, 2_653, 58_979}) {
            request.addResponseParameters(
                    ResponseParameters.newBuilder()
                            .setSize(size)
                            .setCompressed(BoolValue.newBuilder().setValue(size > 9)));
        }
        assertSizes(blocking().streamingOutputCall(request.build()));
    }

    @Test
    void pingPong() throws Exception {
        Answers<StreamingOutputCallResponse> answers = new Answers<>();
        var requests = TestServiceGrpc.newStub(channel()).fullDuplexCall(answers);
        int[] asked = {31_415, 9, 2_653, 58_979};
        int[] sent = {27_182, 8, 1_828, 45_904};
        for (int i = 0; i < asked.length; i++) {
            requests.onNext(sizes(asked[i]).toBuilder().setPayload(payload(sent[i])).build());
            assertThat(answers.next().getPayload().getBody()).hasSize(asked[i]);
        }
        requests.onCompleted();
        assertThat(answers.end.get(10, TimeUnit.SECONDS).isOk()).isTrue();
    }

    @Test
    void emptyStream() throws Exception {
        Answers<StreamingOutputCallResponse> answers = new Answers<>();
        TestServiceGrpc.newStub(channel()).fullDuplexCall(answers).onCompleted();
        assertThat(answers.end.get(10, TimeUnit.SECONDS).isOk()).isTrue();
        assertThat(answers.messages).isEmpty();
    }

    @Test
    void customMetadata() throws Exception {
        Metadata.Key<String> initial =
                Metadata.Key.of("x-grpc-test-echo-initial", Metadata.ASCII_STRING_MARSHALLER);
        Metadata.Key<byte[]> trailing =
                Metadata.Key.of("x-grpc-test-echo-trailing-bin", Metadata.BINARY_BYTE_MARSHALLER);
        byte[] bytes = {(byte) 0xAB, (byte) 0xAB, (byte) 0xAB, 0, 1};
        Metadata sent = new Metadata();
        sent.put(initial, "test_initial_metadata_value");
        sent.put(trailing, bytes);
        AtomicReference<Metadata> headers = new AtomicReference<>();
        AtomicReference<Metadata> trailers = new AtomicReference<>();
        ClientInterceptor capture = MetadataUtils.newCaptureMetadataInterceptor(headers, trailers);
        var stub =
                blocking()
                        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(sent), capture);
        stub.unaryCall(large().build());
        assertThat(headers.get().get(initial)).isEqualTo("test_initial_metadata_value");
        assertThat(trailers.get().get(trailing)).isEqualTo(bytes);

        Answers<StreamingOutputCallResponse> answers = new Answers<>();
        var requests =
                TestServiceGrpc.newStub(channel())
                        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(sent), capture)
                        .fullDuplexCall(answers);
        requests.onNext(sizes(RESPONSE));
        requests.onCompleted();
        assertThat(answers.end.get(10, TimeUnit.SECONDS).isOk()).isTrue();
        assertThat(headers.get().get(initial)).isEqualTo("test_initial_metadata_value");
        assertThat(trailers.get().get(trailing)).isEqualTo(bytes);
    }

    @Test
    void statusCodeAndMessage() throws Exception {
        EchoStatus echo =
                EchoStatus.newBuilder().setCode(2).setMessage("test status message").build();
        Status unary = failure(() -> blocking().unaryCall(status(echo))).getStatus();
        assertThat(unary.getCode()).isEqualTo(Status.Code.UNKNOWN);
        assertThat(unary.getDescription()).isEqualTo("test status message");
        Answers<StreamingOutputCallResponse> answers = new Answers<>();
        var requests = TestServiceGrpc.newStub(channel()).fullDuplexCall(answers);
        requests.onNext(StreamingOutputCallRequest.newBuilder().setResponseStatus(echo).build());
        requests.onCompleted();
        Status stream = answers.end.get(10, TimeUnit.SECONDS);
        assertThat(stream.getCode()).isEqualTo(Status.Code.UNKNOWN);
        assertThat(stream.getDescription()).isEqualTo("test status message");
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
    void specialStatusMessage() {
        String message = "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n";
        EchoStatus echo = EchoStatus.newBuilder().setCode(2).setMessage(message).build();
        Status status = failure(() -> blocking().unaryCall(status(echo))).getStatus();
        assertThat(status.getDescription()).isEqualTo(message);
    }

    @Test
    void unimplementedMethod() {
        Status status =
                failure(() -> blocking().unimplementedCall(Empty.getDefaultInstance())).getStatus();
        assertThat(status.getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
    }

    @Test
    void unimplementedService() {
        var stub = UnimplementedServiceGrpc.newBlockingStub(channel());
        Status status =
                failure(() -> stub.unimplementedCall(Empty.getDefaultInstance())).getStatus();
        assertThat(status.getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
    }

    @Test
    void cancelAfterBegin() throws Exception {
        Answers<StreamingInputCallResponse> answers = new Answers<>();
        var requests =
                (io.grpc.stub.ClientCallStreamObserver<StreamingInputCallRequest>)
                        TestServiceGrpc.newStub(channel()).streamingInputCall(answers);
        requests.cancel("enough", null);
        assertThat(answers.end.get(10, TimeUnit.SECONDS).getCode())
                .isEqualTo(Status.Code.CANCELLED);
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

    /** Not an official case: a client that asks for one message at a time gets each. */
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

    private StreamingInputCallResponse aggregate(boolean compressed) throws Exception {
        Answers<StreamingInputCallResponse> answers = new Answers<>();
        var stub = TestServiceGrpc.newStub(channel());
        var requests =
                (compressed ? stub.withCompression("gzip") : stub).streamingInputCall(answers);
        for (int size : new int[] {27_182, 8, 1_828, 45_904}) {
            requests.onNext(
                    StreamingInputCallRequest.newBuilder().setPayload(payload(size)).build());
        }
        requests.onCompleted();
        assertThat(answers.end.get(10, TimeUnit.SECONDS).isOk()).isTrue();
        return answers.next();
    }

    private static void assertSizes(Iterator<StreamingOutputCallResponse> answers) {
        for (int size : new int[] {31_415, 9, 2_653, 58_979}) {
            assertThat(answers.next().getPayload().getBody()).hasSize(size);
        }
        assertThat(answers.hasNext()).isFalse();
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
