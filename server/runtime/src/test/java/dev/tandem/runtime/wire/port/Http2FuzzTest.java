package dev.tandem.runtime.wire.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.Fuzzing;
import dev.tandem.runtime.wire.connection.OwnedStream;
import dev.tandem.runtime.wire.connection.WireSettings;
import io.helidon.webserver.http.HttpRouting;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

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
                                    .with(new WireSettings.Patience(SHORT, SHORT, LONG, 1024)),
                            Http2FuzzTest::routes)
                    .owned(Http2FuzzTest::answer);
    private static Http2Client other;
    private static int otherId = 3;

    /** One whose SETTINGS came in time: the limit is short, and the process may be cold. */
    @BeforeContainer
    static void openTheOther() throws IOException {
        other = Http2Client.open(SERVER.port());
        while (!isServed(other)) {
            other.close();
            other = Http2Client.open(SERVER.port());
        }
    }

    private static boolean isServed(Http2Client client) {
        client.quietly(() -> client.get(1, "/hi"));
        Eventually.until(
                "it is served or sent away", () -> client.ended(1) || client.closedByServer());
        return client.ended(1);
    }

    @AfterContainer
    static void stop() throws IOException {
        other.close();
        Eventually.until("all connections end", () -> SERVER.wires.http2Connections() == 0);
        Eventually.until("nothing is in flight", () -> SERVER.wires.inFlight() == 0);
        assertThat(SERVER.wires.heldBytes()).isZero();
        SERVER.close();
        LOG.close();
        nothingIsLogged();
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
        Fuzzing.asLongAsIsAsked(AT_ONCE, Http2FuzzTest::check, Http2FuzzTest::othersNoticeNothing);
    }

    private static void othersNoticeNothing() throws IOException {
        other.get(otherId, "/hi");
        other.awaitEnd(otherId);
        assertThat(other.goAways()).isEmpty();
        nothingIsLogged();
        otherId += 2;
        other.frames.clear();
    }

    /**
     * But that a handler of Helidon's routing was interrupted: its connection ended while it wrote,
     * and it might have waited for a body.
     */
    private static void nothingIsLogged() {
        assertThat(LOG.text().lines())
                .filteredOn(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                .allMatch(line ->
                        line.endsWith("as response already sent")
                                || line.endsWith("RequestException: Internal Server Error")
                                || line.endsWith("IllegalStateException: Interrupted")
                                || line.endsWith("java.lang.InterruptedException"));
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
