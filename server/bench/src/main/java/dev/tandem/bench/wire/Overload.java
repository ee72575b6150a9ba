package dev.tandem.bench.wire;

import dev.tandem.v1.ChatServiceGrpc;
import dev.tandem.v1.ChatServiceGrpc.ChatServiceStub;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The gateway with so many places and all its policies, in a process of its own; asked for as much
 * as it can carry and for four times as much, in turns: what it does of it, and how fast it says no
 * to the rest. Its model thinks for a fixed time.
 */
public final class Overload {
    private static final int CALLERS = 8;
    private static final int TIMES = 4;
    private static final int WARM_ROUNDS = 2;

    private final int places;
    private final int millis;
    private final int seconds;

    /**
     * @param millis how long the model thinks
     * @param seconds of a slice
     */
    public Overload(int places, int millis, int seconds) {
        this.places = places;
        this.millis = millis;
        this.seconds = seconds;
    }

    /** Measures and prints a table. */
    public void run(int rounds, List<String> options) throws IOException, InterruptedException {
        try (SpanSink receiver = SpanSink.start()) {
            List<String> all = new ArrayList<>(options);
            all.add(receiver.option());
            all.add("-D" + ServerMain.PLACES + "=" + places);
            all.add("-D" + ServerMain.MILLIS + "=" + millis);
            try (ServerProcess server = ServerProcess.start(Contender.GATEWAY, all)) {
                List<ManagedChannel> channels = new ArrayList<>();
                for (int i = 0; i < CALLERS; i++) {
                    channels.add(
                            NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                                    .usePlaintext()
                                    .directExecutor()
                                    .build());
                }
                rounds(rounds, channels);
                channels.forEach(ManagedChannel::shutdownNow);
            }
        }
    }

    private void rounds(int rounds, List<ManagedChannel> channels) throws InterruptedException {
        long carried = places * TimeUnit.SECONDS.toMillis(1) / millis;
        List<Answers> once = new ArrayList<>();
        List<Answers> over = new ArrayList<>();
        Figures.row(
                "%n| asked a second | done a second | refused a second | done: p50, p99 ms | refused: p50, p99, worst ms | load |");
        Figures.row("| --- | --- | --- | --- | --- | --- |");
        for (int round = -WARM_ROUNDS; round < rounds; round++) {
            Answers few = slice(channels, carried);
            Answers many = slice(channels, TIMES * carried);
            if (round >= 0) {
                once.add(few);
                over.add(many);
                Figures.row("%s", few);
                Figures.row("%s", many);
            }
        }
        double done = median(once.stream().mapToDouble(Answers::doneASecond).toArray());
        double doneOver = median(over.stream().mapToDouble(Answers::doneASecond).toArray());
        Figures.row(
                "%nMedians: at %d x it does %.0f %% of what it does at 1 x, and says no within %.1f ms (p99).",
                TIMES,
                100 * doneOver / done,
                median(over.stream().mapToDouble(Answers::refusedMillis).toArray()));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Asks at an even pace, whatever is answered. */
    private Answers slice(List<ManagedChannel> channels, long aSecond) throws InterruptedException {
        List<ChatServiceStub> stubs = new ArrayList<>();
        for (int i = 0; i < channels.size(); i++) {
            stubs.add(stub(channels.get(i), i));
        }
        int count = (int) (aSecond * seconds);
        Answers answers = new Answers(count);
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = begin + i * TimeUnit.SECONDS.toNanos(1) / aSecond;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            stubs.get(i % stubs.size()).complete(ChatLoad.request(1), answers.next());
        }
        answers.await(begin);
        return answers;
    }

    private static ChatServiceStub stub(ManagedChannel channel, int caller) {
        Metadata headers = new Metadata();
        headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + Keys.text(caller));
        return ChatServiceGrpc.newStub(
                ClientInterceptors.intercept(
                        channel, MetadataUtils.newAttachHeadersInterceptor(headers)));
    }
}
