package dev.tandem.runtime.wire.port;

import dev.tandem.runtime.call.RequestIds;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.HelidonSocket;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Answers who speaks TLS to a port without, or the reverse, and says so in the log: at most once in
 * ten seconds.
 */
final class WrongDoor {
    private static final Logger LOG = System.getLogger(WrongDoor.class.getName());
    private static final long QUIET = TimeUnit.SECONDS.toNanos(10);
    private static final String NEEDS_TLS = "This port speaks TLS; use https:// and a TLS channel.";

    /** An empty SETTINGS, then GOAWAY with last stream 0 and INADEQUATE_SECURITY. */
    private static final byte[] GO_AWAY =
            HexFormat.of().parseHex("000000040000000000" + "000000070000000000000000000000000c");

    private static final int GO_AWAY_LENGTH = 11;
    private static final int FIXED = 8;

    private final Supplier<String> requestIds = new RequestIds();
    private final AtomicLong quietUntil = new AtomicLong(System.nanoTime());

    /** To a client that begins without TLS on a port with TLS. */
    void needsTls(HelidonSocket socket, Greeting.Kind kind, boolean likeHttp) {
        if (kind == Greeting.Kind.HTTP_2) {
            send(socket, goAway());
        } else if (likeHttp) {
            send(socket, badRequest(NEEDS_TLS));
        }
        note(socket, "speaks without TLS to this port, which has TLS");
    }

    /**
     * To a client that begins with TLS on a port without. TLS libraries know this answer: "wrong
     * version number", "server gave HTTP response to HTTPS client".
     */
    void hasNoTls(HelidonSocket socket) {
        send(socket, badRequest("This port speaks no TLS; use http:// and a plaintext channel."));
        note(socket, "speaks TLS to this port, which has none");
    }

    private byte[] badRequest(String message) {
        String body =
                ("{\"error\":{\"message\":\"%s\",\"type\":\"invalid_request_error\",\"param\":null,"
                                + "\"code\":\"bad_request\",\"details\":[],\"request_id\":\"%s\"}}")
                        .formatted(message, requestIds.get());
        return ("HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length()
                        + "\r\nConnection: close\r\n\r\n"
                        + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Clients show the text behind the code (RFC 9113, section 6.8). */
    private static byte[] goAway() {
        byte[] text = NEEDS_TLS.getBytes(StandardCharsets.US_ASCII);
        byte[] frames = new byte[GO_AWAY.length + text.length];
        System.arraycopy(GO_AWAY, 0, frames, 0, GO_AWAY.length);
        System.arraycopy(text, 0, frames, GO_AWAY.length, text.length);
        frames[GO_AWAY_LENGTH] = (byte) (FIXED + text.length);
        return frames;
    }

    private static void send(HelidonSocket socket, byte[] answer) {
        try {
            socket.write(BufferData.create(answer));
        } catch (UncheckedIOException e) {
            LOG.log(Level.DEBUG, "a client left before it heard that it is at the wrong door", e);
        }
    }

    private void note(HelidonSocket socket, String what) {
        long now = System.nanoTime();
        long until = quietUntil.get();
        if (now - until >= 0 && quietUntil.compareAndSet(until, now + QUIET)) {
            LOG.log(Level.INFO, socket.remotePeer().host() + " " + what);
        }
    }
}
