package dev.tandem.upstream.http;

import dev.tandem.upstream.http.UpstreamException.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What a connection receives, with a moment until which the next bytes must have come. Used by one
 * thread at a time.
 */
final class ConnectionInput {
    private static final int BUFFER = 16 << 10;
    private static final long MILLI = 1_000_000;

    private final Socket socket;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int from;
    private int to;
    private long end; // by System.nanoTime()
    private boolean received;
    private @Nullable Runnable beforeReading;

    /**
     * @param socket the one whose reads are to be limited: below TLS, where there is TLS
     * @param in what is read, above TLS
     */
    ConnectionInput(Socket socket, InputStream in) {
        this.socket = socket;
        this.in = in;
    }

    /** Reads that wait beyond this moment of {@code System.nanoTime()} fail from now on. */
    void until(long moment) {
        end = moment;
    }

    /** Another exchange begins. */
    void begin() {
        received = false;
    }

    /** Run, by who reads, whenever more is to be read than has come. */
    void beforeReading(Runnable step) {
        beforeReading = step;
    }

    /** Nothing is run any more. */
    void justRead() {
        beforeReading = null;
    }

    /** Has a byte come since {@link #begin}? */
    boolean received() {
        return received;
    }

    /** How many bytes can be read without asking the socket. */
    int buffered() {
        return to - from;
    }

    /** The next byte, or -1 at the end of the connection. */
    int read() throws IOException {
        return from < to || fill() ? buffer[from++] & 0xff : -1;
    }

    /** Some bytes, at least one, or -1 at the end of the connection. */
    int read(byte[] target, int offset, int length) throws IOException {
        if (from == to && !fill()) {
            return -1;
        }
        int count = Math.min(length, to - from);
        System.arraycopy(buffer, from, target, offset, count);
        from += count;
        return count;
    }

    private boolean fill() throws IOException {
        if (beforeReading != null) {
            beforeReading.run();
        }
        long left = end - System.nanoTime();
        if (left <= 0) {
            throw tooLate(null);
        }
        socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, left / MILLI + 1));
        from = 0;
        to = 0;
        try {
            int count = in.read(buffer, 0, BUFFER);
            to = Math.max(0, count);
        } catch (SocketTimeoutException e) {
            throw tooLate(e);
        }
        received |= to > 0;
        return to > 0;
    }

    private static UpstreamException tooLate(@Nullable SocketTimeoutException cause) {
        return new UpstreamException(Fault.TIMEOUT, "nothing came within the time limit", cause);
    }
}
