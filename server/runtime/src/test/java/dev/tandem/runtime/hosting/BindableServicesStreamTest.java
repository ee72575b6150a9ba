package dev.tandem.runtime.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.Code;
import dev.tandem.test.v1.ChatRequest;
import dev.tandem.test.v1.ChatResponse;
import dev.tandem.test.v1.CountRequest;
import dev.tandem.test.v1.CountResponse;
import dev.tandem.test.v1.ProbeServiceGrpc;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams of a grpc-java service: who asks for messages, and who is held back. */
@Timeout(30)
class BindableServicesStreamTest {
    private static final CountRequest COUNT = CountRequest.getDefaultInstance();

    private static LocalCall<CountRequest, CountResponse> count(Count count) {
        return new LocalCall<>(new BindableServices().host(count), "Count", Map.of());
    }

    private static LocalCall<ChatRequest, ChatResponse> chat(Chat chat) {
        return new LocalCall<>(new BindableServices().host(chat), "Chat", Map.of());
    }

    @Test
    void everyMessageWaitsUntilItIsRequested() throws Exception {
        BlockingQueue<String> got = new LinkedBlockingQueue<>();
        AtomicReference<ServerCallStreamObserver<ChatResponse>> server = new AtomicReference<>();
        CountDownLatch begun = new CountDownLatch(1);
        Chat manual =
                observer -> {
                    var call = (ServerCallStreamObserver<ChatResponse>) observer;
                    call.disableAutoRequest();
                    server.set(call);
                    begun.countDown();
                    return new Receiver<>(got, observer);
                };
        try (var call = chat(manual)) {
            call.sends(chat("a")).sends(chat("b")).sends(chat("c")).ends().start();
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(got.poll(100, TimeUnit.MILLISECONDS)).isNull();
            server.get().request(1);
            assertThat(got.poll(10, TimeUnit.SECONDS)).contains("a");
            assertThat(got.poll(100, TimeUnit.MILLISECONDS)).isNull();
            server.get().request(2);
            assertThat(got.poll(10, TimeUnit.SECONDS)).contains("b");
            assertThat(got.poll(10, TimeUnit.SECONDS)).contains("c");
            // the end needs no request
            assertThat(got.poll(10, TimeUnit.SECONDS)).isEqualTo("half-close");
            assertThat(call.end()).isEmpty();
        }
    }

    @Test
    void aServiceMayEndACallWhoseClientStillSends() throws Exception {
        AtomicReference<StreamObserver<ChatResponse>> server = new AtomicReference<>();
        CountDownLatch begun = new CountDownLatch(1);
        Chat early =
                observer -> {
                    server.set(observer);
                    begun.countDown();
                    return new Receiver<>(new LinkedBlockingQueue<>(), observer);
                };
        try (var call = chat(early)) {
            call.start(); // the client says nothing
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            server.get().onNext(ChatResponse.newBuilder().setText("bye").build());
            server.get().onCompleted();
            assertThat(call.end()).isEmpty();
            assertThat(call.next().getText()).isEqualTo("bye");
        }
    }

    @Test
    void aServiceThatAsksIsToldWhenItMaySendMore() throws Exception {
        AtomicInteger sent = new AtomicInteger();
        CountResponse message =
                CountResponse.newBuilder().setBlob(ByteString.copyFrom(new byte[10_000])).build();
        Count asks =
                (request, server) ->
                        server.setOnReadyHandler(() -> {
                            while (server.isReady() && sent.get() < 100) {
                                sent.incrementAndGet();
                                server.onNext(message);
                            }
                            if (sent.get() == 100) {
                                sent.incrementAndGet();
                                server.onCompleted();
                            }
                        });
        try (var call = count(asks)) {
            call.slow().sends(COUNT).ends().start();
            call.take(1);
            call.next();
            assertThat(settled(sent)).isLessThan(10);
            call.take(1_000);
            assertThat(call.end()).isEmpty();
            assertThat(call.answered()).isEqualTo(99);
        }
    }

    @Test
    void aServiceThatDoesNotAskIsHeldBack() throws Exception {
        AtomicInteger sent = new AtomicInteger();
        CountResponse message =
                CountResponse.newBuilder().setBlob(ByteString.copyFrom(new byte[10_000])).build();
        Count pushes =
                (request, server) -> {
                    for (int i = 0; i < 1_000; i++) {
                        server.onNext(message);
                        sent.incrementAndGet();
                    }
                    server.onCompleted();
                };
        try (var call = count(pushes)) {
            call.slow().sends(COUNT).ends().start();
            assertThat(settled(sent)).isBetween(20, 40);
            call.take(1_000);
            assertThat(call.end()).isEmpty();
            assertThat(call.answered()).isEqualTo(1_000);
        }
    }

    @Test
    void aServiceThatIsHeldBackIsFreedWhenItsClientLeaves() throws Exception {
        CompletableFuture<Boolean> over = new CompletableFuture<>();
        CountResponse message =
                CountResponse.newBuilder().setBlob(ByteString.copyFrom(new byte[10_000])).build();
        Count endless =
                (request, server) -> {
                    while (!server.isCancelled()) {
                        server.onNext(message);
                    }
                    over.complete(true);
                };
        try (var call = count(endless)) {
            call.slow().sends(COUNT).ends().start();
            call.take(5);
            call.next();
            call.cancel(CancelCause.CLIENT_LEFT);
            assertThat(over.get(10, TimeUnit.SECONDS)).isTrue();
            assertThat(call.end().orElseThrow().code()).isEqualTo(Code.CANCELLED);
        }
    }

    private static ChatRequest chat(String text) {
        return ChatRequest.newBuilder().setText(text).build();
    }

    private static int settled(AtomicInteger count) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        int seen = -1;
        while (seen != count.get()) {
            seen = count.get();
            assertThat(never.await(200, TimeUnit.MILLISECONDS)).isFalse();
        }
        return seen;
    }

    private interface Count extends io.grpc.BindableService {
        void answer(CountRequest request, ServerCallStreamObserver<CountResponse> server);

        @Override
        default ServerServiceDefinition bindService() {
            return new ProbeServiceGrpc.ProbeServiceImplBase() {
                @Override
                public void count(CountRequest request, StreamObserver<CountResponse> observer) {
                    answer(request, (ServerCallStreamObserver<CountResponse>) observer);
                }
            }.bindService();
        }
    }

    private interface Chat extends io.grpc.BindableService {
        StreamObserver<ChatRequest> answer(StreamObserver<ChatResponse> observer);

        @Override
        default ServerServiceDefinition bindService() {
            return new ProbeServiceGrpc.ProbeServiceImplBase() {
                @Override
                public StreamObserver<ChatRequest> chat(StreamObserver<ChatResponse> observer) {
                    return answer(observer);
                }
            }.bindService();
        }
    }

    private record Receiver<T>(BlockingQueue<String> got, StreamObserver<ChatResponse> observer)
            implements StreamObserver<T> {
        @Override
        public void onNext(T value) {
            got.add(value.toString());
        }

        @Override
        public void onError(Throwable t) {
            got.add("error");
        }

        @Override
        public void onCompleted() {
            got.add("half-close");
            observer.onCompleted();
        }
    }
}
