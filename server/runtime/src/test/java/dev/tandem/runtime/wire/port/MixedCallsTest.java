package dev.tandem.runtime.wire.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.wire.connection.OwnedStream;
import dev.tandem.runtime.wire.connection.StreamGoneException;
import dev.tandem.runtime.wire.connection.WireSettings;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Thousands of random calls, some cancelled, on connections with windows of all sizes. Seeded; the
 * threads' order is not.
 */
class MixedCallsTest {
    private static final long NANOS = TimeUnit.SECONDS.toNanos(8);
    private static final int[] WINDOWS = {1000, 65_535, 200_000, 1 << 20};

    private final TestServer server =
            TestServer.start(
                            // which takes this test's cancels for what they are
                            WireSettings.defaults()
                                    .with(
                                            new WireSettings.Streams(
                                                    1000, 256 << 10, 8 << 20, 16 << 10, 1_000_000)),
                            MixedCallsTest::routes)
                    .owned(MixedCallsTest::answer);

    /** One call that a client made: what it sent, and what must come back. */
    private record Call(int id, long expected, boolean cancelled) {}

    private static void routes(HttpRouting.Builder routing) {
        routing.get("/send/{n}/{size}", MixedCallsTest::send)
                .post(
                        "/count",
                        (request, response) -> {
                            long count = request.content().as(byte[].class).length;
                            response.send(new byte[(int) (count / 10)]);
                        });
    }

    private static void send(ServerRequest request, ServerResponse response) throws IOException {
        var parameters = request.path().pathParameters();
        byte[] piece = new byte[Integer.parseInt(parameters.get("size"))];
        try (var out = response.outputStream()) {
            for (int i = Integer.parseInt(parameters.get("n")); i > 0; i--) {
                out.write(piece);
                out.flush();
            }
        }
    }

    private static void answer(OwnedStream stream) throws InterruptedException {
        List<String> parts = Pattern.compile("/").splitAsStream(stream.path()).toList();
        if (parts.get(2).equals("echo")) {
            Handlers.ECHO.handle(stream);
        } else if (parts.get(2).equals("deadline")) {
            try {
                Handlers.begin(stream);
                stream.abortSend();
                stream.data(new byte[10], 0, 10, false);
            } catch (StreamGoneException e) {
                if (e.reason() != StreamGoneException.Reason.ABORTED) {
                    throw e;
                }
            }
            Handlers.end(stream);
        } else {
            Handlers.send(Integer.parseInt(parts.get(3)), Integer.parseInt(parts.get(4)))
                    .handle(stream);
        }
    }

    @Test
    void everyCallGetsItsAnswerAndNothingIsLeftOver() throws Exception {
        try (server;
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> connections = new ArrayList<>();
            for (int i = 0; i < WINDOWS.length; i++) {
                int seed = i;
                connections.add(threads.submit(() -> converse(seed)));
            }
            int calls = 0;
            for (Future<Integer> connection : connections) {
                calls += connection.get();
            }
            assertThat(calls).isGreaterThan(100);
            Eventually.until("nothing is in flight", () -> server.wires.inFlight() == 0);
            Eventually.until("nothing is held", () -> server.wires.heldBytes() == 0);
        }
    }

    private int converse(int seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        Http2Client.Behaviour behaviour = new Http2Client.Behaviour();
        behaviour.initialWindow = WINDOWS[seed];
        int calls = 0;
        long end = System.nanoTime() + NANOS;
        try (Http2Client client = Http2Client.open(server.port(), behaviour)) {
            client.keepsBodies = false;
            int id = 1;
            while (System.nanoTime() - end < 0) {
                List<Call> batch = new ArrayList<>();
                for (int i = random.nextInt(1, 40); i > 0; i--, id += 2) {
                    batch.add(begin(client, id, random));
                }
                batch.forEach(call -> check(client, call));
                calls += batch.size();
            }
            assertThat(client.overran()).isFalse();
            assertThat(client.goAways()).isEmpty();
        }
        return calls;
    }

    private static void check(Http2Client client, Call call) {
        if (!call.cancelled) {
            client.awaitEnd(call.id);
            assertThat(client.received(call.id)).isEqualTo(call.expected);
        }
    }

    private static Call begin(Http2Client client, int id, SplittableRandom random)
            throws IOException {
        boolean cancelled = random.nextInt(4) == 0;
        int pieces = random.nextInt(60);
        int size = random.nextInt(1, 3000);
        long expected = (long) pieces * size;
        switch (random.nextInt(5)) {
            case 0 -> client.get(id, "/send/" + pieces + "/" + size);
            case 1 -> client.headers(id, "POST", "/owned/send/" + pieces + "/" + size, true);
            case 2 -> {
                client.headers(id, "POST", "/owned/echo", false);
                for (int i = 0; i < 5; i++) {
                    client.data(id, new byte[size], i == 4);
                }
                expected = 5L * size;
            }
            case 3 -> {
                client.headers(id, "POST", "/count", false);
                for (int i = 0; i < 5; i++) {
                    client.data(id, new byte[size], i == 4);
                }
                expected = 5L * size / 10;
            }
            default -> {
                client.headers(id, "POST", "/owned/deadline", true);
                expected = 0;
            }
        }
        if (cancelled) {
            client.reset(id);
        }
        return new Call(id, expected, cancelled);
    }
}
