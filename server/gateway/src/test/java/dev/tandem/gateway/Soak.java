package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.tandem.testing.Caller;
import dev.tandem.testing.Client;
import dev.tandem.testing.OpenCall;
import dev.tandem.testing.Reply;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ChatServiceGrpc;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/**
 * Every kind of call on every way, for {@code -Dsoak.minutes} (10 unless told): answers that come
 * to their end, deadlines, drops at random points, slow readers. After each half minute nothing may
 * be left. Run by the Maven profile {@code soak}.
 */
class Soak {
    private static final Logger LOG = System.getLogger(Soak.class.getName());
    private static final Duration ROUND = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int WARM_UP_ROUNDS = 2;
    private static final int SLOW_READERS = 10;
    private static final int MORE_MIB = 16;

    private final AtomicInteger polite = new AtomicInteger();
    private final AtomicInteger slow = new AtomicInteger();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

    @Test
    void nothingGrows() throws IOException, InterruptedException {
        Duration length = Duration.ofMinutes(Integer.getInteger("soak.minutes", 10));
        long end = System.nanoTime() + length.toNanos();
        List<Footprint> footprints = new ArrayList<>();
        try (MeasuredServer server = MeasuredServer.start(Duration.ofMillis(200))) {
            RudeClients rude = new RudeClients(server.port());
            while (System.nanoTime() < end) {
                round(server.port(), rude);
                footprints.add(settled(server));
                LOG.log(
                        Level.INFO,
                        "{0}; calls answered {1}, dropped {2}, slow readers {3}",
                        footprints.getLast(),
                        polite,
                        rude.dropped(),
                        slow);
                assertThat(wrong).isEmpty();
                assertThat(rude.defects()).isEmpty();
            }
        }
        assertThat(footprints).hasSizeGreaterThan(WARM_UP_ROUNDS);
        Footprint first = footprints.get(WARM_UP_ROUNDS - 1);
        assertThat(footprints.getLast().within(first, MORE_MIB))
                .as("grown: %s", footprints)
                .isTrue();
    }

    private void round(int port, RudeClients rude) throws InterruptedException {
        long end = System.nanoTime() + ROUND.toNanos();
        BooleanSupplier goOn = () -> System.nanoTime() < end;
        List<Thread> clients =
                List.of(
                        client(() -> callPolitely(port, goOn)),
                        client(() -> readSlowly(port, goOn)));
        rude.dropWhile(goOn);
        for (Thread each : clients) {
            each.join();
        }
    }

    private Thread client(Runnable calls) {
        return Thread.ofPlatform()
                .uncaughtExceptionHandler((thread, failure) -> wrong.add("a client: " + failure))
                .start(calls);
    }

    /** With connections of a round: the server ends old ones. */
    private void callPolitely(int port, BooleanSupplier goOn) {
        ChatRequest request = Fixture.request().build();
        ChatRequest endless =
                Fixture.request().clearMessages().addMessages(Fixture.user("silent")).build();
        Caller hasty = Caller.PLAIN.within(Duration.ofMillis(50));
        try (Client client = new Client(port)) {
            while (goOn.getAsBoolean()) {
                for (Way way : Way.values()) {
                    String text = Fixture.text(call(client, way, request, Caller.PLAIN));
                    if (!text.equals("abc")) {
                        wrong.add(way + " answered " + text);
                    }
                    if (call(client, way, endless, hasty).ok()) {
                        wrong.add(way + " came to an end");
                    }
                    polite.addAndGet(2);
                }
            }
        }
    }

    private static Reply<? extends Message> call(
            Client client, Way way, ChatRequest request, Caller caller) {
        try (OpenCall<? extends Message> call =
                way.streams()
                        ? client.open(
                                way.wire(), ChatServiceGrpc.getStreamMethod(), request, caller)
                        : client.open(
                                way.wire(), ChatServiceGrpc.getCompleteMethod(), request, caller)) {
            return call.rest();
        }
    }

    /** Asks for floods, takes a little and waits until the end of the round. */
    private void readSlowly(int port, BooleanSupplier goOn) {
        List<RawCall> calls = new ArrayList<>();
        try {
            for (int i = 0; i < SLOW_READERS; i++) {
                for (Way way : Way.values()) {
                    if (way.streams()) {
                        RawCall call = new RawCall(port, way.wire(), 16 << 10, 20_000);
                        calls.add(call);
                        call.send(call.request(1, true, "flood"));
                        call.read(100);
                        slow.incrementAndGet();
                    }
                }
            }
            while (goOn.getAsBoolean()) {
                LockSupport.parkNanos(100_000_000);
            }
            for (RawCall call : calls) {
                call.close();
            }
        } catch (IOException e) {
            wrong.add("a slow reader: " + e);
        }
    }

    /** The footprint once no call is left, and the sockets of clients that left are closed. */
    private static Footprint settled(MeasuredServer server) {
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (server.busy() > 0) {
            assertThat(System.nanoTime()).as("%d calls are left", server.busy()).isLessThan(limit);
            LockSupport.parkNanos(50_000_000);
        }
        Footprint last = server.footprint();
        Footprint next = server.footprint();
        while (!last.within(next, MORE_MIB) && System.nanoTime() < limit) {
            LockSupport.parkNanos(50_000_000);
            last = next;
            next = server.footprint();
        }
        return next;
    }
}
