package dev.tandem.runtime.wire.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.wire.connection.WireSettings;
import dev.tandem.runtime.wire.connection.WireSettings.Http1;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/**
 * Spoilt requests, each with a good one behind it, on a real port: the handlers see what {@link
 * Http1Reference} reads in the same bytes, nothing else, and no connection stays.
 *
 * <p>For longer: {@code -Dtandem.fuzz.seconds=300}.
 */
@SuppressWarnings("NullAway.Init") // before the container's first test
class Http1FuzzTest {
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final String MARKER =
            "GET /marker HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    private static final int AT_ONCE = 16;

    private static final ConcurrentMap<Integer, List<String>> SEEN = new ConcurrentHashMap<>();
    private static TestServer server;
    private static LogCapture log;

    @BeforeContainer
    static void start() {
        Http1 settings = new Http1(8192, 100, 32_768, SHORT, SHORT, SHORT);
        log = LogCapture.start();
        server = TestServer.start(WireSettings.defaults().with(settings), Http1FuzzTest::routes);
    }

    @AfterContainer
    static void stop() {
        Eventually.until("nothing is in flight", () -> server.wires.inFlight() == 0);
        server.close();
        log.close();
        assertThat(log.text()).isEmpty();
    }

    private static void routes(HttpRouting.Builder routing) {
        routing.addFilter(Http1FuzzTest::remember);
    }

    private static void remember(
            FilterChain chain, RoutingRequest request, RoutingResponse response) {
        byte[] body =
                request.content().hasEntity() ? request.content().as(byte[].class) : new byte[0];
        String query = request.query().rawValue();
        String target = request.prologue().uriPath().rawPath();
        boolean asked = request.prologue().hasQuery();
        String seen =
                request.prologue().method().text()
                        + " "
                        + target
                        + (asked ? "?" + query : "")
                        + " "
                        + new String(body, StandardCharsets.ISO_8859_1);
        SEEN.computeIfAbsent(request.remotePeer().port(), port -> new ArrayList<>()).add(seen);
        response.send("seen");
    }

    @Property(tries = 40)
    void readsWhatTheReferenceReads(@ForAll long seed)
            throws InterruptedException, ExecutionException {
        checkMany(new SplittableRandom(seed));
    }

    @Example
    void readsItForLong() throws InterruptedException, ExecutionException {
        long seconds = Long.getLong("tandem.fuzz.seconds", 0);
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        SplittableRandom random = new SplittableRandom();
        long tries = 0;
        while (System.nanoTime() < end) {
            checkMany(random);
            tries += AT_ONCE;
        }
        if (seconds > 0) {
            System.getLogger("fuzz").log(System.Logger.Level.INFO, tries + " connections");
        }
    }

    private static void checkMany(SplittableRandom random)
            throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                long seed = random.nextLong();
                running.add(threads.submit(() -> check(seed)));
            }
            for (Future<?> each : running) {
                assertThat(each.get()).isNull();
            }
        }
    }

    private static @Nullable Void check(long seed) throws IOException {
        String bytes = Http1Mutant.of(seed) + MARKER;
        List<String> expected = Http1Reference.requests(bytes);
        Outcome outcome = outcome(bytes, seed);
        // where this machine was too busy to keep the limits of time: the same again
        for (int i = 0; i < 5 && outcome.late() && !outcome.seen().equals(expected); i++) {
            outcome = outcome(bytes, seed);
        }
        assertThat(outcome.seen()).as("seed %d: %s", seed, bytes).isEqualTo(expected);
        assertThat(outcome.answers())
                .as("seed %d: %s", seed, bytes)
                .matches("(?s)(HTTP/1\\.1 \\d{3} .*)?")
                .doesNotContain("HTTP/1.1 500");
        return null;
    }

    /**
     * What became of one connection.
     *
     * @param late has it lasted as long as a limit of time?
     */
    private record Outcome(List<String> seen, String answers, boolean late) {}

    private static Outcome outcome(String bytes, long seed) throws IOException {
        long from = System.nanoTime();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(20_000);
            send(socket, bytes, new SplittableRandom(seed));
            String answers = readAll(socket, from);
            List<String> seen = SEEN.remove(socket.getLocalPort());
            return new Outcome(seen == null ? List.of() : seen, answers, late(from));
        }
    }

    private static boolean late(long from) {
        return System.nanoTime() - from > SHORT.toNanos();
    }

    /** In up to three pieces. */
    private static void send(Socket socket, String bytes, SplittableRandom random) {
        byte[] all = bytes.getBytes(StandardCharsets.ISO_8859_1);
        int[] cuts = {0, random.nextInt(all.length), random.nextInt(all.length), all.length};
        Arrays.sort(cuts);
        try {
            for (int i = 1; i < cuts.length; i++) {
                socket.getOutputStream().write(all, cuts[i - 1], cuts[i] - cuts[i - 1]);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageMatching("(?s).*(reset|Broken pipe).*"); // refused already
        }
    }

    private static String readAll(Socket socket, long from) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        byte[] some = new byte[4096];
        try {
            for (int size = in.read(some); size >= 0; size = in.read(some)) {
                all.write(some, 0, size);
            }
        } catch (SocketException e) {
            assertThat(late(from)).as("reset, though nobody was late").isTrue();
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }
}
