package dev.tandem.runtime.wire.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.CancelledException;
import dev.tandem.runtime.call.Head;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class EventBatchTest {
    private final Calls calls = new Calls(() -> "test");
    private final Timers timers = new Timers();
    private final Call call = calls.open(head(), null);
    private final SlowSocket socket = new SlowSocket();
    private final EventBatch batch =
            new EventBatch(new SocketWrites(call, () -> CancelCause.CLIENT_LEFT, timers), socket);

    @AfterEach
    void close() {
        socket.takeAll();
        calls.close();
        timers.close();
    }

    @Test
    void aLoneEventIsWrittenByWhoSendsIt() {
        socket.takeAll();

        send("one");

        assertThat(socket.writes()).containsExactly("one");
        assertThat(socket.writers()).containsExactly(Thread.currentThread());
    }

    @Test
    void eventsThatComeWhileTheSocketIsBusyLeaveTogether() throws Exception {
        Thread first = Thread.ofVirtual().start(() -> send("one"));
        become(() -> socket.writes().size() == 1);

        send("two");
        send("three");
        send("four");
        socket.takeAll();
        first.join();
        batch.finish();

        assertThat(socket.writes()).containsExactly("one", "twothreefour");
    }

    @Test
    void whoSendsManyWaitsWhenEnoughHasGathered() {
        Thread first = Thread.ofVirtual().start(() -> send("one"));
        become(() -> socket.writes().size() == 1);
        String half = "x".repeat(EventBatch.LIMIT / 2);
        send(half);
        send(half);

        Thread sender = Thread.ofPlatform().start(() -> send("late"));
        become(() -> sender.getState() == Thread.State.WAITING);
        socket.takeAll();
        become(() -> !sender.isAlive() && !first.isAlive());
        batch.finish();

        assertThat(socket.writes().get(1)).hasSize(EventBatch.LIMIT);
        assertThat(String.join("", socket.writes())).isEqualTo("one" + half + half + "late");
    }

    @Test
    void eventsThatAreKeptLeaveTogetherByWhoSendsThem() {
        socket.takeAll();

        keep("one");
        keep("two");
        assertThat(socket.writes()).isEmpty();
        batch.leave();
        batch.leave();

        assertThat(socket.writes()).containsExactly("onetwo");
        assertThat(socket.writers()).containsExactly(Thread.currentThread());
    }

    @Test
    void whatIsKeptLeavesWithTheNextThatIsSent() {
        socket.takeAll();

        keep("one");
        send("two");

        assertThat(socket.writes()).containsExactly("onetwo");
    }

    @Test
    void whatIsKeptLeavesAtTheEnd() {
        socket.takeAll();

        keep("one");
        batch.finish();

        assertThat(socket.writes()).containsExactly("one");
    }

    @Test
    void noMoreIsKeptThanTheLimit() {
        socket.takeAll();
        String half = "x".repeat(EventBatch.LIMIT / 2);

        keep(half);
        keep(half);

        assertThat(socket.writes()).containsExactly(half + half);
    }

    @Test
    void everyEventArrivesOnceAndInOrder() {
        socket.takeAll();
        int count = 20_000;

        for (int i = 0; i < count; i++) {
            send(i + " " + "x".repeat(i % 37) + "\n");
        }
        batch.finish();

        assertThat(String.join("", socket.writes()))
                .isEqualTo(
                        IntStream.range(0, count)
                                .mapToObj(i -> i + " " + "x".repeat(i % 37) + "\n")
                                .collect(Collectors.joining()));
        assertThat(socket.writes()).hasSizeLessThan(count / 2);
    }

    @Test
    void aWriteThatFailsCancelsTheCallAndFailsWhatFollows() {
        CompletableFuture<Void> first =
                CompletableFuture.runAsync(() -> send("one"), Thread::startVirtualThread);
        become(() -> socket.writes().size() == 1);
        send("two");
        socket.breakDown();

        assertThatThrownBy(batch::finish).isInstanceOf(CancelledException.class);
        assertThatThrownBy(() -> send("three")).isInstanceOf(CancelledException.class);
        assertThat(call.cancelled()).isEqualTo(CancelCause.CLIENT_LEFT);
        assertThat(socket.writes()).containsExactly("one");
        assertThatThrownBy(first::get).hasCauseInstanceOf(CancelledException.class);
    }

    @Test
    void theEndWaitsForWhatIsOnItsWay() {
        Thread first = Thread.ofVirtual().start(() -> send("one"));
        become(() -> socket.writes().size() == 1);
        send("two");

        Thread end = Thread.ofPlatform().start(batch::finish);
        become(() -> end.getState() == Thread.State.WAITING);
        assertThat(socket.writes()).containsExactly("one");
        socket.takeAll();
        become(() -> !end.isAlive());

        assertThat(socket.writes()).containsExactly("one", "two");
        become(() -> !first.isAlive());
    }

    private static void become(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1)); // the test has a timeout
        }
    }

    private void keep(String event) {
        byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
        batch.keep(bytes, bytes.length);
    }

    private void send(String event) {
        byte[] bytes = event.getBytes(StandardCharsets.US_ASCII);
        batch.send(bytes, bytes.length);
    }

    private static Head head() {
        return new Head(
                Head.Wire.REST,
                "POST",
                "/",
                null,
                Map.of(),
                InetSocketAddress.createUnresolved("localhost", 1));
    }
}
