package dev.tandem.runtime.wire.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tandem.test.v1.CountRequest;
import dev.tandem.test.v1.CountResponse;
import dev.tandem.test.v1.EchoRequest;
import dev.tandem.test.v1.ProbeServiceGrpc;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** Calls as grpc-java's client makes them, and what it saw of them. */
final class ClientSide {
    static final EchoRequest HELLO = EchoRequest.newBuilder().setText("hello").build();

    private ClientSide() {}

    static CountRequest count(int messages, int size) {
        return CountRequest.newBuilder().setMessages(messages).setSize(size).build();
    }

    static int counted(Iterator<CountResponse> answers) {
        int count = 0;
        while (answers.hasNext()) {
            answers.next();
            count++;
        }
        return count;
    }

    static ClientCall<CountRequest, CountResponse> begin(
            ManagedChannel channel, CountRequest request) {
        ClientCall<CountRequest, CountResponse> call =
                channel.newCall(ProbeServiceGrpc.getCountMethod(), io.grpc.CallOptions.DEFAULT);
        call.start(new Pull(), new Metadata());
        call.request(1);
        call.sendMessage(request);
        call.halfClose();
        return call;
    }

    static void awaitIdle(GrpcServer server) throws InterruptedException {
        assertThat(server.calls().awaitIdle(Duration.ofSeconds(10))).isTrue();
    }

    static StatusRuntimeException failure(Runnable call) {
        StatusRuntimeException failure =
                catchThrowableOfType(StatusRuntimeException.class, call::run);
        assertThat(failure).isNotNull();
        return failure;
    }

    static final class Pull extends ClientCall.Listener<CountResponse> {
        final BlockingQueue<CountResponse> messages = new LinkedBlockingQueue<>();
        final CompletableFuture<Status> closed = new CompletableFuture<>();

        @Override
        public void onMessage(CountResponse message) {
            messages.add(message);
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            closed.complete(status);
        }
    }

    record First<T>(CompletableFuture<T> answer) implements StreamObserver<T> {
        @Override
        public void onNext(T value) {
            answer.complete(value);
        }

        @Override
        public void onError(Throwable t) {
            answer.completeExceptionally(t);
        }

        @Override
        public void onCompleted() {}
    }
}
