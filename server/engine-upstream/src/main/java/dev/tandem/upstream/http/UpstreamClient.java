package dev.tandem.upstream.http;

import dev.tandem.runtime.call.Call;
import dev.tandem.upstream.http.UpstreamException.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Requests to one server over HTTP/1.1, for all who ask it. The thread of a call writes the request
 * and reads the answer itself; connections are kept for the next. Redirects are answers like any
 * other: nothing follows them. For all threads.
 */
public final class UpstreamClient implements AutoCloseable {
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final long OFTEN_MILLIS = 1_000;

    private final Origin origin;
    private final HttpSettings settings;
    private final Connector connector;
    private final IdleConnections idle;
    private final ScheduledThreadPoolExecutor clock;

    /**
     * @param tls whose certificates are trusted
     */
    public UpstreamClient(Origin origin, HttpSettings settings, SSLContext tls) {
        this.origin = origin;
        this.settings = settings;
        connector = new Connector(origin, tls.getSocketFactory());
        idle = new IdleConnections(settings);
        clock =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("tandem-upstream-clock").factory());
        clock.setRemoveOnCancelPolicy(true);
        if (!settings.idle().isZero()) {
            // often, so that no alarm is ever the clock's next: setting one then wakes nobody
            long period = Math.min(settings.idle().toMillis(), OFTEN_MILLIS);
            Future<?> _ =
                    clock.scheduleWithFixedDelay(
                            idle::sweep, period, period, TimeUnit.MILLISECONDS);
        }
    }

    /** Whom it asks. */
    public Origin origin() {
        return origin;
    }

    /** How many connections wait for a request. */
    public int idleConnections() {
        return idle.size();
    }

    /**
     * Sends a request and waits for the head of its answer. Where a kept connection turns out to be
     * closed before a byte of the answer came, the request is sent once more, by a new one.
     *
     * @param first how long the answer may take to begin, from now on: at its end reads fail, until
     *     the exchange is told otherwise
     * @param largest the most bytes of the answer's body
     * @param abort a new one, to end the exchange by
     * @param call when it is cancelled, the exchange is aborted at once
     * @throws UpstreamException what went wrong; when the call is over, any {@code IOException}
     */
    public Exchange send(
            UpstreamRequest request, Duration first, long largest, Abort abort, Call call)
            throws IOException {
        Call.Registration registration = call.onCancel(abort);
        boolean begun = false;
        try {
            Exchange exchange =
                    begin(
                            request.bytes(origin),
                            System.nanoTime() + first.toNanos(),
                            largest,
                            abort,
                            registration);
            begun = true;
            return exchange;
        } finally {
            if (!begun) {
                registration.close();
                abort.release();
            }
        }
    }

    private Exchange begin(
            byte[] request, long end, long largest, Abort abort, Call.Registration registration)
            throws IOException {
        Connection kept = idle.take();
        if (kept != null) {
            try {
                return on(kept, request, end, largest, abort, registration);
            } catch (StaleConnection e) {
                // the server gave it up at the moment of our request
            }
        }
        return on(connected(abort), request, end, largest, abort, registration);
    }

    private Connection connected(Abort abort) throws IOException {
        return inTime(settings.connect(), abort, () -> connector.open(abort));
    }

    private Exchange on(
            Connection connection,
            byte[] request,
            long end,
            long largest,
            Abort abort,
            Call.Registration registration)
            throws IOException {
        boolean begun = false;
        try {
            abort.guard(connection);
            connection.in().until(end);
            IOException unsent = write(connection, request, abort);
            ResponseHead head = head(connection, unsent);
            AnswerBody body = body(connection, head, largest);
            begun = true;
            return new Exchange(connection, head, body, registration, abort, idle);
        } finally {
            if (!begun) {
                connection.abort();
            }
        }
    }

    /** Returns why the request could not be written: the answer may be there even so. */
    private @Nullable IOException write(Connection connection, byte[] request, Abort abort)
            throws IOException {
        try {
            return inTime(
                    settings.send(),
                    abort,
                    () -> {
                        connection.out().write(request);
                        connection.out().flush();
                        return null;
                    });
        } catch (UpstreamException e) {
            throw e;
        } catch (IOException e) {
            return e;
        }
    }

    private ResponseHead head(Connection connection, @Nullable IOException unsent)
            throws IOException {
        try {
            return ResponseHead.read(connection.in(), settings.largestHead());
        } catch (IOException e) {
            boolean silent = !connection.in().received() && !connection.aborted();
            boolean late = e instanceof UpstreamException u && u.fault() == Fault.TIMEOUT;
            if (connection.reused() && silent && !late) {
                throw new StaleConnection(unsent == null ? e : unsent);
            }
            throw e instanceof UpstreamException ? e : Exchange.broken(e);
        }
    }

    /** RFC 9112, section 6.3. */
    private static AnswerBody body(Connection connection, ResponseHead head, long largest)
            throws UpstreamException {
        ConnectionInput in = connection.in();
        if (head.status() == NO_CONTENT || head.status() == NOT_MODIFIED) {
            return new CountedBody(in, 0, largest);
        }
        if (head.header("content-encoding").filter(e -> !e.equals("identity")).isPresent()) {
            throw ResponseHead.malformed("the answer is compressed, which was not asked for");
        }
        if (head.headers().containsKey("transfer-encoding")) {
            if (!head.lists("transfer-encoding", "chunked")) {
                throw ResponseHead.malformed("the answer's transfer encoding is not chunked");
            }
            return new ChunkedBody(in, largest);
        }
        List<String> lengths = head.headers().getOrDefault("content-length", List.of());
        if (lengths.isEmpty()) {
            return new OpenEndedBody(in, largest);
        }
        String length = lengths.getFirst();
        if (!length.matches("\\d{1,18}") || !lengths.stream().allMatch(length::equals)) {
            throw ResponseHead.malformed("the answer's content-length is no number");
        }
        return new CountedBody(in, Long.parseLong(length), largest);
    }

    @FunctionalInterface
    private interface Step<T extends @Nullable Object> {
        T run() throws IOException;
    }

    /** A step that no socket option can limit. */
    private <T extends @Nullable Object> T inTime(Duration limit, Abort abort, Step<T> step)
            throws IOException {
        Future<?> alarm = clock.schedule(abort::runLate, limit.toNanos(), TimeUnit.NANOSECONDS);
        try {
            return step.run();
        } catch (IOException e) {
            if (abort.late()) {
                throw new UpstreamException(
                        Fault.TIMEOUT,
                        origin + " did not take the request within the time limit",
                        e);
            }
            throw e;
        } finally {
            alarm.cancel(false);
        }
    }

    /** Ends the connections that wait. Running exchanges end with their calls. */
    @Override
    public void close() {
        clock.shutdownNow();
        idle.close();
    }
}
