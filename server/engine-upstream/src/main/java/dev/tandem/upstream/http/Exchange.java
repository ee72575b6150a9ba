package dev.tandem.upstream.http;

import dev.tandem.runtime.call.Call;
import dev.tandem.upstream.http.UpstreamException.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

/**
 * An answer that has begun. Used by one thread. Closing it gives the connection back where the
 * answer was read to its end, and ends the connection otherwise.
 */
public final class Exchange implements AutoCloseable {
    /** How long the rest of an answer, of which nothing is wanted any more, is waited for. */
    private static final Duration REST = Duration.ofSeconds(1);

    private final Connection connection;
    private final ResponseHead head;
    private final AnswerBody body;
    private final Call.Registration registration;
    private final Abort abort;
    private final IdleConnections idle;
    private boolean closed;

    Exchange(
            Connection connection,
            ResponseHead head,
            AnswerBody body,
            Call.Registration registration,
            Abort abort,
            IdleConnections idle) {
        this.connection = connection;
        this.head = head;
        this.body = body;
        this.registration = registration;
        this.abort = abort;
        this.idle = idle;
    }

    /** The HTTP status, 200 to 599. */
    public int status() {
        return head.status();
    }

    /** The first value of a header; the name in lower case. */
    public Optional<String> header(String name) {
        return head.header(name);
    }

    /**
     * The body. Its reads throw {@link UpstreamException} where the time is up, the connection ends
     * too early or the answer grows too large; other {@code IOException}s mean the connection
     * broke, or was ended because the call is over.
     */
    public InputStream body() {
        return body;
    }

    /** Reads that wait for longer than this, from now on, fail. */
    public void within(Duration limit) {
        connection.in().until(System.nanoTime() + limit.toNanos());
    }

    /**
     * A step that is run before each wait for more of the answer, by who reads it, until the
     * exchange is closed.
     */
    public void beforeReading(Runnable step) {
        connection.in().beforeReading(step);
    }

    @Override
    public void close() {
        if (leave()) {
            connection.abort();
        }
    }

    /**
     * As {@link #close}, for who has read all that is wanted: the connection is kept where the
     * answer's end follows soon, for which another thread waits.
     */
    public void closeAtEnd() {
        if (!leave()) {
            return;
        }
        within(REST);
        if (mayEndNow()) {
            readEnd();
        } else {
            Thread.ofVirtual().name("upstream-end").start(this::readEnd);
        }
    }

    /** Returns whether the connection is still to be dealt with. */
    private boolean leave() {
        if (closed) {
            return false;
        }
        closed = true;
        connection.in().justRead();
        registration.close();
        abort.release();
        if (!head.keepsConnection() || body instanceof OpenEndedBody) {
            connection.abort();
            return false;
        }
        if (body.ended()) {
            idle.put(connection);
            return false;
        }
        return true;
    }

    private boolean mayEndNow() {
        try {
            return body.endIsThere();
        } catch (IOException e) {
            return false;
        }
    }

    private void readEnd() {
        try {
            if (body.read() < 0) {
                idle.put(connection);
                return;
            }
        } catch (IOException e) {
            // the answer was complete without it
        }
        connection.abort();
    }

    static UpstreamException broken(IOException cause) {
        return new UpstreamException(Fault.CUT_OFF, "the connection broke", cause);
    }
}
