package dev.tandem.runtime.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import dev.tandem.runtime.call.Answer;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.Code;
import dev.tandem.test.v1.ChatRequest;
import dev.tandem.test.v1.ChatResponse;
import dev.tandem.test.v1.CollectRequest;
import dev.tandem.test.v1.CollectResponse;
import dev.tandem.test.v1.CountRequest;
import dev.tandem.test.v1.CountResponse;
import dev.tandem.test.v1.EchoRequest;
import dev.tandem.test.v1.EchoResponse;
import dev.tandem.test.v1.ProbeServiceGrpc;
import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The protocol of grpc-java's server calls, without a network. */
@Timeout(30)
class BindableServicesTest {
    private static final EchoRequest HELLO = EchoRequest.newBuilder().setText("hello").build();
    private static final CountRequest COUNT = CountRequest.getDefaultInstance();

    private static LocalCall<EchoRequest, EchoResponse> echo(Echo echo) {
        return echo(echo, Map.of());
    }

    private static LocalCall<EchoRequest, EchoResponse> echo(
            Echo echo, Map<String, List<String>> headers) {
        return new LocalCall<>(new BindableServices().host(echo), "Echo", headers);
    }

    private static LocalCall<CountRequest, CountResponse> count(Count count) {
        return new LocalCall<>(new BindableServices().host(count), "Count", Map.of());
    }

    private static LocalCall<ChatRequest, ChatResponse> chat(Chat chat) {
        return new LocalCall<>(new BindableServices().host(chat), "Chat", Map.of());
    }

    @Test
    void aUnaryServiceAnswers() throws Exception {
        try (var call = echo((request, observer, _) -> reply(observer, request.getText()))) {
            call.sends(HELLO).ends().start();
            assertThat(call.end()).isEmpty();
            assertThat(call.next().getText()).isEqualTo("hello");
        }
    }

    @Test
    void aServiceMayCompleteLaterOnAThreadOfItsOwn() throws Exception {
        BlockingQueue<StreamObserver<EchoResponse>> waiting = new LinkedBlockingQueue<>();
        try (var call = echo((request, observer, _) -> waiting.add(observer))) {
            call.sends(HELLO).ends().start();
            StreamObserver<EchoResponse> observer = waiting.take();
            assertThat(call.running()).isTrue();
            reply(observer, "later");
            assertThat(call.end()).isEmpty();
            assertThat(call.next().getText()).isEqualTo("later");
        }
    }

    @Test
    void aServiceThatNeverCompletesEndsWithItsClient() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
        Echo never =
                (request, observer, server) -> {
                    server.setOnCancelHandler(() -> cancelled.complete(server.isCancelled()));
                    asked.countDown();
                };
        try (var call = echo(never)) {
            call.sends(HELLO).ends().start();
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            call.cancel(CancelCause.CLIENT_LEFT);
            assertThat(call.end().orElseThrow().code()).isEqualTo(Code.CANCELLED);
            assertThat(cancelled.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void theContextHasTheDeadlineAndIsCancelledWithTheCall() throws Exception {
        AtomicReference<Context> context = new AtomicReference<>();
        CountDownLatch cancelled = new CountDownLatch(1);
        Echo waits =
                (request, observer, server) -> {
                    context.set(Context.current());
                    Context.current().addListener(_ -> cancelled.countDown(), Runnable::run);
                };
        try (LocalCall<EchoRequest, EchoResponse> call =
                new LocalCall<>(
                        new BindableServices().host(waits),
                        "Echo",
                        Map.of(),
                        Duration.ofMillis(200))) {
            call.sends(HELLO).ends().start();
            assertThat(call.end().orElseThrow().code()).isEqualTo(Code.DEADLINE_EXCEEDED);
            assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(context.get().getDeadline()).isNotNull();
            assertThat(context.get().isCancelled()).isTrue();
        }
    }

    @Test
    void theContextOfACallWithoutDeadlineIsCancelledToo() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        Echo waits =
                (request, observer, server) -> {
                    Context.current().addListener(_ -> cancelled.countDown(), Runnable::run);
                    asked.countDown();
                };
        try (var call = echo(waits)) {
            call.sends(HELLO).ends().start();
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            call.cancel(CancelCause.SHUTDOWN);
            assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aStatusBecomesAnErrorWithItsDetails() throws Exception {
        var details =
                com.google.rpc.Status.newBuilder()
                        .setCode(Status.Code.FAILED_PRECONDITION.value())
                        .setMessage("not yet")
                        .addDetails(
                                com.google.protobuf.Any.pack(
                                        ErrorInfo.newBuilder().setReason("not_yet").build()))
                        .addDetails(
                                com.google.protobuf.Any.pack(
                                        BadRequest.newBuilder()
                                                .addFieldViolations(
                                                        BadRequest.FieldViolation.newBuilder()
                                                                .setField("text")
                                                                .setDescription("too early"))
                                                .build()))
                        .build();
        Echo fails =
                (request, observer, _) ->
                        observer.onError(StatusProto.toStatusRuntimeException(details));
        try (var call = echo(fails)) {
            call.sends(HELLO).ends().start();
            ApiError error = call.end().orElseThrow();
            assertThat(error.code()).isEqualTo(Code.FAILED_PRECONDITION);
            assertThat(error.code().grpc()).isEqualTo(9);
            assertThat(error.reason()).isEqualTo("not_yet");
            assertThat(error.message()).isEqualTo("not yet");
            assertThat(error.violations().getFirst().field()).isEqualTo("text");
            assertThat(call.call().answer().trailers())
                    .extracting(Answer.Field::name)
                    .contains("grpc-status-details-bin");
        }
    }

    @Test
    void aThrownStatusIsAnAnswerAndAnyOtherExceptionADefect() throws Exception {
        Echo status =
                (request, observer, _) -> {
                    throw Status.NOT_FOUND.withDescription("no such thing").asRuntimeException();
                };
        try (var call = echo(status)) {
            call.sends(HELLO).ends().start();
            assertThat(call.end().orElseThrow())
                    .isEqualTo(ApiError.of(Code.NOT_FOUND, "not_found", "no such thing"));
        }
        Echo defect =
                (request, observer, _) -> {
                    throw new IllegalStateException("secret");
                };
        try (var call = echo(defect)) {
            call.sends(HELLO).ends().start();
            assertThat(call.end().orElseThrow()).isEqualTo(ApiError.internal());
        }
    }

    @Test
    void twoAnswersOfAUnaryMethodAreADefect() throws Exception {
        Echo twice =
                (request, observer, _) -> {
                    observer.onNext(EchoResponse.getDefaultInstance());
                    observer.onNext(EchoResponse.getDefaultInstance());
                };
        try (var call = echo(twice)) {
            call.sends(HELLO).ends().start();
            assertThat(call.end().orElseThrow()).isEqualTo(ApiError.internal());
            assertThat(call.answered()).isZero();
        }
    }

    @Test
    void metadataComesAndGoes() throws Exception {
        Metadata.Key<byte[]> binary =
                Metadata.Key.of("x-trace-bin", Metadata.BINARY_BYTE_MARSHALLER);
        Metadata.Key<String> text = Metadata.Key.of("x-text", Metadata.ASCII_STRING_MARSHALLER);
        ServerInterceptor returns =
                new ServerInterceptor() {
                    @Override
                    public <A, B> ServerCall.Listener<A> interceptCall(
                            ServerCall<A, B> call, Metadata got, ServerCallHandler<A, B> next) {
                        assertThat(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR))
                                .isInstanceOf(InetSocketAddress.class);
                        Metadata back = new Metadata();
                        for (byte[] value : Objects.requireNonNull(got.getAll(binary))) {
                            back.put(binary, value);
                        }
                        back.put(text, got.get(text) + "é\n");
                        call.sendHeaders(back);
                        return next.startCall(
                                new io.grpc.ForwardingServerCall.SimpleForwardingServerCall<>(
                                        call) {
                                    @Override
                                    public void sendHeaders(Metadata headers) {}
                                },
                                got);
                    }
                };
        Echo plain = (request, observer, _) -> reply(observer, "");
        ServerServiceDefinition service =
                ServerInterceptors.intercept(plain.bindService(), returns);
        try (LocalCall<EchoRequest, EchoResponse> call =
                new LocalCall<>(
                        new BindableServices().host(service),
                        "Echo",
                        Map.of(
                                "x-trace-bin", List.of("AQI,AwQ="),
                                "x-text", List.of("a"),
                                "not!agrpc*name", List.of("x")))) {
            call.sends(HELLO).ends().start();
            assertThat(call.end()).isEmpty();
            assertThat(call.call().answer().headers())
                    .containsExactlyInAnyOrder(
                            new Answer.Field("x-trace-bin", "AQI"),
                            new Answer.Field("x-trace-bin", "AwQ"),
                            new Answer.Field("x-text", "a??"));
        }
    }

    @Test
    void aBinaryHeaderThatIsNotBase64IsTheCallersFault() throws Exception {
        Map<String, List<String>> headers = Map.of("x-trace-bin", List.of("?"));
        try (var call = echo((request, observer, _) -> {}, headers)) {
            call.sends(HELLO).ends().start();
            assertThat(call.end().orElseThrow().code()).isEqualTo(Code.INVALID_REQUEST);
        }
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

    @Test
    void theListenerIsCalledInOrder() throws Exception {
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        ServerInterceptor records = new Recorder(events);
        Echo plain = (request, observer, _) -> reply(observer, "");
        ServerServiceDefinition service =
                ServerInterceptors.intercept(plain.bindService(), records);
        try (LocalCall<EchoRequest, EchoResponse> call =
                new LocalCall<>(new BindableServices().host(service), "Echo", Map.of())) {
            call.sends(HELLO).ends().start();
            assertThat(call.end()).isEmpty();
            assertThat(events).containsExactly("ready", "message", "half-close", "complete");
        }
    }

    @Test
    void aMethodThatAServiceDoesNotHaveIsUnimplemented() throws Exception {
        var service = new BindableServices().host(new ProbeServiceGrpc.ProbeServiceImplBase() {});
        try (LocalCall<CollectRequest, CollectResponse> call =
                new LocalCall<>(service, "Collect", Map.of())) {
            call.ends().start();
            assertThat(call.end().orElseThrow().code()).isEqualTo(Code.UNIMPLEMENTED);
        }
    }

    private static void reply(StreamObserver<EchoResponse> observer, String text) {
        observer.onNext(EchoResponse.newBuilder().setText(text).build());
        observer.onCompleted();
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

    private interface Echo extends io.grpc.BindableService {
        void answer(
                EchoRequest request,
                StreamObserver<EchoResponse> observer,
                ServerCallStreamObserver<EchoResponse> server);

        @Override
        default ServerServiceDefinition bindService() {
            return new ProbeServiceGrpc.ProbeServiceImplBase() {
                @Override
                public void echo(EchoRequest request, StreamObserver<EchoResponse> observer) {
                    answer(request, observer, (ServerCallStreamObserver<EchoResponse>) observer);
                }
            }.bindService();
        }
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

    private record Recorder(BlockingQueue<String> events) implements ServerInterceptor {
        @Override
        public <A, B> ServerCall.Listener<A> interceptCall(
                ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
            return new io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener<>(
                    next.startCall(call, headers)) {
                @Override
                public void onMessage(A message) {
                    events.add("message");
                    super.onMessage(message);
                }

                @Override
                public void onHalfClose() {
                    events.add("half-close");
                    super.onHalfClose();
                }

                @Override
                public void onReady() {
                    events.add("ready");
                    super.onReady();
                }

                @Override
                public void onComplete() {
                    events.add("complete");
                    super.onComplete();
                }

                @Override
                public void onCancel() {
                    events.add("cancel");
                    super.onCancel();
                }
            };
        }
    }
}
