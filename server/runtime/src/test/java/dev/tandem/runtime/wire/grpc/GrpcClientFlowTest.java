package dev.tandem.runtime.wire.grpc;

import static dev.tandem.runtime.wire.grpc.ClientSide.awaitIdle;
import static dev.tandem.runtime.wire.grpc.ClientSide.count;
import static dev.tandem.runtime.wire.grpc.ClientSide.counted;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.tandem.runtime.wire.grpc.ClientSide.Pull;
import dev.tandem.test.v1.CountRequest;
import dev.tandem.test.v1.CountResponse;
import dev.tandem.test.v1.ProbeServiceGrpc;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams to grpc-java's own client: one that reads slowly, and many at once. */
@Timeout(60)
class GrpcClientFlowTest {
    @Test
    void aSlowReaderHoldsTheHandlerBack() throws Exception {
        AtomicInteger sent = new AtomicInteger();
        byte[] noise = new byte[10_000]; // which no compression makes smaller
        new java.util.Random(1).nextBytes(noise);
        Probe probe =
                new Probe()
                        .count((source, sink, call) -> {
                            CountResponse message =
                                    CountResponse.newBuilder()
                                            .setBlob(ByteString.copyFrom(noise))
                                            .build();
                            for (int i = 0; i < 2_000; i++) {
                                sink.send(message);
                                sent.incrementAndGet();
                            }
                        });
        try (GrpcServer server = new GrpcServer(probe.service())) {
            ManagedChannel channel =
                    server.closing(server.connect().flowControlWindow(64 << 10).build());
            Pull pull = new Pull();
            ClientCall<CountRequest, CountResponse> call =
                    channel.newCall(ProbeServiceGrpc.getCountMethod(), io.grpc.CallOptions.DEFAULT);
            call.start(pull, new Metadata());
            call.sendMessage(count(0, 0));
            call.halfClose();
            call.request(1);
            assertThat(pull.messages.poll(10, TimeUnit.SECONDS)).isNotNull();
            int before = settled(sent);
            // the client's window, its reader's and the sockets' buffers: far from 20 MB
            assertThat(before).isLessThan(50);
            call.request(10_000);
            assertThat(pull.closed.get(30, TimeUnit.SECONDS).isOk()).isTrue();
            assertThat(sent.get()).isEqualTo(2_000);
        }
    }

    @Test
    void aHundredStreamsRunBesideEachOther() throws Exception {
        try (GrpcServer server = new GrpcServer(new Probe().service());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ManagedChannel channel = server.channel();
            List<Future<Integer>> streams = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                streams.add(
                        threads.submit(() ->
                                counted(
                                        ProbeServiceGrpc.newBlockingStub(channel)
                                                .count(count(100, 50)))));
            }
            for (Future<Integer> stream : streams) {
                assertThat(stream.get(30, TimeUnit.SECONDS)).isEqualTo(100);
            }
            awaitIdle(server);
        }
    }

    /** The count once it has not moved for a while. */
    private static int settled(AtomicInteger count) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        int seen = -1;
        while (seen != count.get()) {
            seen = count.get();
            assertThat(never.await(200, TimeUnit.MILLISECONDS)).isFalse();
        }
        return seen;
    }
}
