package dev.tandem.runtime.wire.grpc;

import static dev.tandem.runtime.wire.grpc.ClientSide.HELLO;
import static dev.tandem.runtime.wire.grpc.ClientSide.count;
import static dev.tandem.runtime.wire.grpc.ClientSide.counted;
import static dev.tandem.runtime.wire.grpc.ClientSide.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Code;
import dev.tandem.runtime.wire.grpc.ClientSide.First;
import dev.tandem.test.v1.ChatRequest;
import dev.tandem.test.v1.ChatResponse;
import dev.tandem.test.v1.CollectRequest;
import dev.tandem.test.v1.CollectResponse;
import dev.tandem.test.v1.CountResponse;
import dev.tandem.test.v1.EchoRequest;
import dev.tandem.test.v1.EchoResponse;
import dev.tandem.test.v1.ProbeServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** grpc-java's own client against the wire: what it sends and what it is answered. */
@Timeout(60)
class GrpcClientTest {
    @Test
    void answersEveryKindOfCall() throws Exception {
        try (GrpcServer server = new GrpcServer(new Probe().service())) {
            ManagedChannel channel = server.channel();
            var blocking = ProbeServiceGrpc.newBlockingStub(channel);
            assertThat(blocking.echo(HELLO).getText()).isEqualTo("hello");
            assertThat(counted(blocking.count(count(50, 100)))).isEqualTo(50);
            assertThat(collect(channel, "a", "b", "c")).containsExactly("a", "b", "c");
            assertThat(chat(channel, "a", "b")).containsExactly("a", "b");
        }
    }

    @Test
    void carriesLargeMessagesBothWays() {
        try (GrpcServer server = new GrpcServer(new Probe().service())) {
            byte[] noise = new byte[3_000_000];
            new java.util.Random(1).nextBytes(noise);
            EchoRequest large =
                    EchoRequest.newBuilder().setBlob(ByteString.copyFrom(noise)).build();
            var stub = ProbeServiceGrpc.newBlockingStub(server.channel());
            assertThat(stub.echo(large).getBlob()).isEqualTo(large.getBlob());
            assertThat(stub.withCompression("gzip").echo(large).getBlob())
                    .isEqualTo(large.getBlob());
        }
    }

    @Test
    void aMessageThatIsNotAsciiArrivesAndTheConnectionLivesOn() {
        String message = "größer als 100 % — 日本 \n\t";
        Probe probe =
                new Probe()
                        .echo((source, sink, call) -> {
                            throw ApiError.of(Code.NOT_FOUND, "no", message).toException();
                        });
        try (GrpcServer server = new GrpcServer(probe.service())) {
            var stub = ProbeServiceGrpc.newBlockingStub(server.channel());
            for (int i = 0; i < 3; i++) {
                Status status = failure(() -> stub.echo(HELLO)).getStatus();
                assertThat(status.getCode()).isEqualTo(Status.Code.NOT_FOUND);
                assertThat(status.getDescription()).isEqualTo(message);
                assertThat(counted(stub.count(count(3, 10)))).isEqualTo(3);
            }
        }
    }

    @Test
    void aHandlersDefectIsInternalAndTheConnectionLivesOn() {
        AtomicInteger calls = new AtomicInteger();
        Probe probe =
                new Probe()
                        .echo((source, sink, call) -> {
                            if (calls.getAndIncrement() == 0) {
                                throw new IllegalStateException("secret");
                            }
                            sink.send(EchoResponse.getDefaultInstance());
                        });
        try (GrpcServer server = new GrpcServer(probe.service())) {
            var stub = ProbeServiceGrpc.newBlockingStub(server.channel());
            StatusRuntimeException failure = failure(() -> stub.echo(HELLO));
            assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
            assertThat(failure.toString()).doesNotContain("secret");
            assertThat(stub.echo(HELLO)).isNotNull();
        }
    }

    @Test
    void aMessageOverTheLimitIsRefusedAndTheConnectionLivesOn() {
        try (GrpcServer server = new GrpcServer(new Probe().service())) {
            var stub = ProbeServiceGrpc.newBlockingStub(server.channel());
            EchoRequest large =
                    EchoRequest.newBuilder()
                            .setBlob(ByteString.copyFrom(new byte[(4 << 20) + 1]))
                            .build();
            Status status = failure(() -> stub.echo(large)).getStatus();
            assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            status = failure(() -> stub.withCompression("gzip").echo(large)).getStatus();
            assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            assertThat(stub.echo(HELLO).getText()).isEqualTo("hello");
        }
    }

    @Test
    void anUnknownMethodIsUnimplemented() {
        try (GrpcServer server = new GrpcServer(new Probe().service())) {
            var unknown =
                    ProbeServiceGrpc.getEchoMethod().toBuilder()
                            .setFullMethodName("no.Service/No")
                            .build();
            Status status =
                    failure(() ->
                                    io.grpc.stub.ClientCalls.blockingUnaryCall(
                                            server.channel(),
                                            unknown,
                                            io.grpc.CallOptions.DEFAULT,
                                            HELLO))
                            .getStatus();
            assertThat(status.getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
        }
    }

    @Test
    void acceptsCompressedStreamsAndCompressesLargeAnswers() throws Exception {
        try (GrpcServer server = new GrpcServer(new Probe().service())) {
            var stub = ProbeServiceGrpc.newBlockingStub(server.channel()).withCompression("gzip");
            Iterator<CountResponse> answers = stub.count(count(5, 100_000));
            assertThat(answers.next().getBlob().size()).isEqualTo(100_000);
            assertThat(counted(answers)).isEqualTo(4);
        }
    }

    private static List<String> collect(ManagedChannel channel, String... texts) throws Exception {
        CompletableFuture<CollectResponse> answer = new CompletableFuture<>();
        StreamObserver<CollectRequest> requests =
                ProbeServiceGrpc.newStub(channel).collect(new First<>(answer));
        for (String text : texts) {
            requests.onNext(CollectRequest.newBuilder().setText(text).build());
        }
        requests.onCompleted();
        return answer.get(10, TimeUnit.SECONDS).getTextsList();
    }

    /** Sends a message only when the one before was answered. */
    private static List<String> chat(ManagedChannel channel, String... texts) throws Exception {
        BlockingQueue<String> answers = new LinkedBlockingQueue<>();
        CompletableFuture<Boolean> completed = new CompletableFuture<>();
        StreamObserver<ChatRequest> requests =
                ProbeServiceGrpc.newStub(channel)
                        .chat(
                                new StreamObserver<>() {
                                    @Override
                                    public void onNext(ChatResponse value) {
                                        answers.add(value.getText());
                                    }

                                    @Override
                                    public void onError(Throwable t) {
                                        completed.completeExceptionally(t);
                                    }

                                    @Override
                                    public void onCompleted() {
                                        completed.complete(true);
                                    }
                                });
        List<String> got = new ArrayList<>();
        for (String text : texts) {
            requests.onNext(ChatRequest.newBuilder().setText(text).build());
            got.add(String.valueOf(answers.poll(10, TimeUnit.SECONDS)));
        }
        requests.onCompleted();
        assertThat(completed.get(10, TimeUnit.SECONDS)).isTrue();
        return got;
    }
}
