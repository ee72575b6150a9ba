package dev.tandem.runtime.wire.grpc;

import static dev.tandem.runtime.wire.grpc.ClientSide.HELLO;
import static dev.tandem.runtime.wire.grpc.ClientSide.awaitIdle;
import static dev.tandem.runtime.wire.grpc.ClientSide.count;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.CancelledException;
import dev.tandem.runtime.wire.connection.WireSettings;
import dev.tandem.runtime.wire.grpc.ClientSide.Pull;
import dev.tandem.test.v1.CountRequest;
import dev.tandem.test.v1.CountResponse;
import dev.tandem.test.v1.ProbeServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** grpc-java's client on connections that grow too old, and one that stops reading. */
@Timeout(60)
class GrpcAgeTest {
    @Test
    void noCallIsLostWhenConnectionsGrowOld() throws Exception {
        WireSettings shortLived =
                WireSettings.defaults()
                        .with(new WireSettings.Age(Duration.ofSeconds(1), Duration.ofMinutes(1)));
        try (GrpcServer server = new GrpcServer(shortLived, new Probe().service())) {
            ManagedChannel channel = server.channel();
            AtomicInteger good = new AtomicInteger();
            Queue<StatusRuntimeException> lost = new ConcurrentLinkedQueue<>();
            long end = System.nanoTime() + Duration.ofSeconds(6).toNanos();
            List<Thread> callers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                callers.add(
                        Thread.ofVirtual()
                                .start(() -> {
                                    var stub = ProbeServiceGrpc.newBlockingStub(channel);
                                    while (System.nanoTime() < end) {
                                        try {
                                            var _ = stub.echo(HELLO);
                                            good.incrementAndGet();
                                        } catch (StatusRuntimeException e) {
                                            lost.add(e);
                                        }
                                    }
                                }));
            }
            for (Thread caller : callers) {
                caller.join();
            }
            assertThat(lost).isEmpty();
            assertThat(good.get()).isGreaterThan(100);
        }
    }

    @Test
    void aClientThatStopsReadingEndsItsCallWithACauseOfItsOwn() throws Exception {
        WireSettings impatient =
                WireSettings.defaults()
                        .with(new WireSettings.Sending(128 << 10, Duration.ofMillis(300)));
        BlockingQueue<CancelCause> causes = new LinkedBlockingQueue<>();
        CountResponse message =
                CountResponse.newBuilder().setBlob(ByteString.copyFrom(new byte[10_000])).build();
        Probe probe =
                new Probe()
                        .count((source, sink, call) -> {
                            try {
                                while (true) {
                                    sink.send(message);
                                }
                            } catch (CancelledException e) {
                                causes.add(e.reason());
                                throw e;
                            }
                        });
        try (GrpcServer server = new GrpcServer(impatient, probe.service())) {
            ManagedChannel channel =
                    server.closing(server.connect().flowControlWindow(64 << 10).build());
            Pull pull = new Pull();
            ClientCall<CountRequest, CountResponse> call =
                    channel.newCall(ProbeServiceGrpc.getCountMethod(), CallOptions.DEFAULT);
            call.start(pull, new Metadata());
            call.sendMessage(count(0, 0));
            call.halfClose();
            call.request(1);

            assertThat(causes.poll(20, TimeUnit.SECONDS)).isEqualTo(CancelCause.STALLED);
            awaitIdle(server);
        }
    }
}
