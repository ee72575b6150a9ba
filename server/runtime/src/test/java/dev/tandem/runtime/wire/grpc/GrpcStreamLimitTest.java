package dev.tandem.runtime.wire.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.wire.connection.WireSettings;
import dev.tandem.test.v1.EchoRequest;
import dev.tandem.test.v1.EchoResponse;
import dev.tandem.test.v1.ProbeServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Calls on one connection that always has as many as it may: the next begins with the end of
 * another.
 *
 * <p>For longer: {@code -Dtandem.calls=200000}.
 */
class GrpcStreamLimitTest {
    private static final int LIMIT = 20;

    /** More than the limit: those that the client holds back begin as soon as there is room. */
    private static final int WAITING = 3 * LIMIT;

    private static final int CALLS = Integer.getInteger("tandem.calls", 5000);

    private final Semaphore turns = new Semaphore(WAITING);
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

    @Test
    void noneIsRefused() throws InterruptedException {
        WireSettings settings =
                WireSettings.defaults()
                        .with(new WireSettings.Streams(LIMIT, 65_535, 1 << 20, 16 * 1024, 100));
        try (GrpcServer server = new GrpcServer(settings, new Probe().service())) {
            ManagedChannel channel =
                    server.closing(
                            server.connect().disableRetry().build()); // it would hide a refusal
            for (int i = 0; i < CALLS && failures.isEmpty(); i++) {
                awaitTurns(1);
                String text = "call " + i;
                ClientCalls.asyncUnaryCall(
                        channel.newCall(ProbeServiceGrpc.getEchoMethod(), CallOptions.DEFAULT),
                        EchoRequest.newBuilder().setText(text).build(),
                        new Outcome(text));
            }
            awaitTurns(WAITING);
        }
        assertThat(failures).isEmpty();
        assertThat(wrong).isEmpty();
    }

    private void awaitTurns(int count) throws InterruptedException {
        assertThat(turns.tryAcquire(count, 20, TimeUnit.SECONDS)).as("%s", failures).isTrue();
    }

    private final class Outcome implements StreamObserver<EchoResponse> {
        private final String text;

        Outcome(String text) {
            this.text = text;
        }

        @Override
        public void onNext(EchoResponse answer) {
            if (!answer.getText().equals(text)) {
                wrong.add(text + ": " + answer);
            }
        }

        @Override
        public void onError(Throwable cause) {
            failures.add(cause);
            turns.release();
        }

        @Override
        public void onCompleted() {
            turns.release();
        }
    }
}
