package dev.tandem.runtime.wire.port;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.runtime.wire.connection.RefusedRequest;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request over HTTP/1.1, read on a thread of its own: an interrupt ends the wait for
 * its bytes then, and not the connection, so that a call whose time is up can still be answered.
 */
final class Http1Body {
    private static final int PIECE = 16 << 10;

    /** What is read of a body that nobody wants, in the hope that the client ends. */
    private static final long LEFTOVER = 16L << 20;

    /** How long, in nanoseconds. */
    private static final long LINGER = TimeUnit.SECONDS.toNanos(2);

    /** What comes of the request. */
    private sealed interface Event {
        /** Bytes; none at the end. */
        final class Piece implements Event {
            private final byte[] bytes;

            Piece(byte[] bytes) {
                this.bytes = bytes;
            }
        }

        /** The client left. */
        record Gone() implements Event {}

        /** What came is no body. */
        record Malformed(ApiError error) implements Event {}
    }

    private final SynchronousQueue<Event> events = new SynchronousQueue<>();
    private final InputStream in;
    private final Thread reader;
    private @Nullable Event last; // nothing comes after it

    private Http1Body(InputStream in) {
        this.in = in;
        this.reader = Thread.ofVirtual().name("http1-body").unstarted(this::read);
    }

    /** That of a request; it is read from now on, at most a piece ahead. */
    static Http1Body of(ServerRequest request) {
        if (!request.content().hasEntity()) {
            Http1Body none = new Http1Body(InputStream.nullInputStream());
            none.last = new Event.Piece(new byte[0]);
            return none;
        }
        Http1Body body = new Http1Body(request.content().inputStream());
        body.reader.start();
        return body;
    }

    /**
     * The next bytes; none at the end, null when the client left.
     *
     * @throws ApiException where it is malformed or larger than the server takes
     */
    byte @Nullable [] take() throws InterruptedException {
        Event event = last == null ? keep(events.take()) : last;
        return switch (event) {
            case Event.Piece piece -> piece.bytes;
            case Event.Gone() -> null;
            case Event.Malformed(ApiError error) -> throw error.toException();
        };
    }

    private Event keep(Event event) {
        if (!(event instanceof Event.Piece piece) || piece.bytes.length == 0) {
            last = event;
        }
        return event;
    }

    /**
     * Reads what is left.
     *
     * @param atOnce whether nothing shall be read any more
     * @return whether that was all, so that another request may follow
     */
    boolean finish(boolean atOnce) {
        long deadline = System.nanoTime() + LINGER;
        long read = 0;
        try {
            while (last == null && !atOnce && read < LEFTOVER) {
                Event event = events.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (event == null) {
                    break;
                }
                if (keep(event) instanceof Event.Piece piece) {
                    read += piece.bytes.length;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (last == null) {
            reader.interrupt(); // closes the connection, which cannot be used again
        }
        return last instanceof Event.Piece;
    }

    private void read() {
        byte[] buffer = new byte[PIECE];
        try {
            Event event;
            do {
                event = next(buffer);
                events.put(event);
            } while (event instanceof Event.Piece piece && piece.bytes.length > 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody wants the rest
        }
    }

    private Event next(byte[] buffer) {
        try {
            int count = in.read(buffer);
            return new Event.Piece(count < 0 ? new byte[0] : Arrays.copyOf(buffer, count));
        } catch (RequestException e) {
            return new Event.Malformed(refused(e));
        } catch (IllegalArgumentException | DataReader.IncorrectNewLineException e) {
            // a chunk's size that is no number, or its line: Helidon 4.5.0 lets that through
            return new Event.Malformed(
                    ApiError.of(
                            Reasons.BAD_REQUEST,
                            "The body's chunks are malformed: a chunk begins with its size in"
                                    + " hexadecimal."));
        } catch (IOException
                | UncheckedIOException
                | IllegalStateException
                | DataReader.InsufficientDataAvailableException
                | CloseConnectionException e) {
            return new Event.Gone();
        }
    }

    private static ApiError refused(RequestException e) {
        if (e.request() instanceof RefusedRequest refused) {
            return refused.error();
        }
        return e.status().equals(Status.REQUEST_ENTITY_TOO_LARGE_413)
                ? ApiError.of(
                        Reasons.REQUEST_TOO_LARGE, "The request is larger than this server takes.")
                : ApiError.of(Reasons.BAD_REQUEST, "The request is no valid HTTP.");
    }
}
