package dev.tandem.runtime.wire.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.wire.connection.OwnedStream;
import dev.tandem.runtime.wire.connection.WireSettings;
import io.helidon.webserver.http.HttpRouting;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Frames in any order, whole and spoilt, on a real port: each connection goes on or is ended within
 * its limits, another connection notices nothing, nothing is logged and nothing is left over.
 *
 * <p>For longer: {@code -Dtandem.fuzz.seconds=300}.
 */
@SuppressWarnings("NullAway.Init") // before the container's first test
class Http2FuzzTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final byte[] MARKER = {'f', 'u', 'z', 'z', 'm', 'a', 'r', 'k'};
    private static final int AT_ONCE = 16;

    private static final LogCapture LOG = LogCapture.start();
    private static final TestServer SERVER =
            TestServer.start(
                            WireSettings.defaults()
                                    .with(new WireSettings.Patience(SHORT, SHORT, LONG)),
                            Http2FuzzTest::routes)
                    .owned(Http2FuzzTest::answer);
    private static final Http2Client OTHER = another();
    private static int otherId = 1;

    private static Http2Client another() {
        try {
            return Http2Client.open(SERVER.port());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterContainer
    static void stop() throws IOException {
        OTHER.close();
        Eventually.until("all connections end", () -> SERVER.wires.http2Connections() == 0);
        Eventually.until("nothing is in flight", () -> SERVER.wires.inFlight() == 0);
        assertThat(SERVER.wires.heldBytes()).isZero();
        SERVER.close();
        LOG.close();
        assertThat(LOG.text()).isEmpty();
    }

    private static void routes(HttpRouting.Builder routing) {
        routing.any("/hi", (request, response) -> response.send("hi"))
                .any(
                        "/count",
                        (request, response) ->
                                response.send(
                                        Integer.toString(
                                                request.content().hasEntity()
                                                        ? request.content().as(byte[].class).length
                                                        : 0)))
                .any("/late", (request, response) -> response.status(204).send())
                .any("/send", (request, response) -> response.send(new byte[100_000]));
    }

    private static void answer(OwnedStream stream) throws InterruptedException {
        switch (stream.path()) {
            case "/owned/echo" -> Handlers.ECHO.handle(stream);
            case "/owned/send" -> Handlers.send(20, 5000).handle(stream);
            default -> Handlers.HELLO.handle(stream);
        }
    }

    @Property(tries = 200)
    void endsInOrderOrGoesOn(@ForAll long seed) throws IOException {
        check(seed);
        othersNoticeNothing();
    }

    @Example
    void forAsLongAsIsAsked() throws Exception {
        long seconds = Long.getLong("tandem.fuzz.seconds", 0);
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        SplittableRandom seeds = new SplittableRandom();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            while (System.nanoTime() - end < 0) {
                List<Future<?>> running = new ArrayList<>();
                for (int i = 0; i < AT_ONCE; i++) {
                    long seed = seeds.nextLong();
                    running.add(
                            threads.submit(() -> {
                                check(seed);
                                return null;
                            }));
                }
                for (Future<?> each : running) {
                    each.get();
                }
                othersNoticeNothing();
            }
        }
    }

    private static void othersNoticeNothing() throws IOException {
        OTHER.get(otherId, "/hi");
        OTHER.awaitEnd(otherId);
        assertThat(OTHER.goAways()).isEmpty();
        assertThat(LOG.text()).isEmpty();
        otherId += 2;
        OTHER.frames.clear();
    }

    private static void check(long seed) throws IOException {
        byte[] sent = Http2Mutant.of(seed);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), SERVER.port())) {
            socket.setSoTimeout(10_000);
            socket.setTcpNoDelay(true);
            send(new SplittableRandom(seed), sent, socket.getOutputStream());
            awaitMarkerOrEnd(socket);
        } catch (SocketException e) {
            assertThat(e).as("seed " + seed).hasMessageNotContaining("timed out");
        } catch (IOException e) {
            throw new IOException("seed " + seed, e);
        }
    }

    private static void send(SplittableRandom random, byte[] bytes, OutputStream out)
            throws IOException {
        int at = 0;
        while (at < bytes.length) {
            int end = Math.min(bytes.length, at + 1 + random.nextInt(4000));
            out.write(Arrays.copyOfRange(bytes, at, end));
            at = end;
        }
        out.write(Http2Format.bytes(Http2Format.PING, 0, 0, MARKER));
    }

    /** The server answers a PING behind it all, says that it ends, or ends. */
    private static void awaitMarkerOrEnd(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        try {
            while (true) {
                Http2Frame frame = Http2Frame.read(in);
                if (frame.type == Http2Format.PING
                        && frame.flags == 1
                        && Arrays.equals(frame.payload, MARKER)) {
                    return;
                }
                if (frame.type == Http2Format.GOAWAY) {
                    return;
                }
            }
        } catch (EOFException e) {
            // the server ended the connection
        }
    }
}
