package dev.tandem.runtime.wire.http1;

import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.wire.connection.ClientSocket;
import dev.tandem.runtime.wire.connection.GoneActions;
import dev.tandem.runtime.wire.connection.PeerConnection;
import dev.tandem.runtime.wire.connection.RawConnection;
import dev.tandem.runtime.wire.connection.Registration;
import dev.tandem.runtime.wire.connection.WireSettings;
import dev.tandem.runtime.wire.connection.WiredContext;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection: Helidon's, with a reader that takes no nonsense and meets the end of the
 * client's side in the middle of a call, and with limits for clients that are slow.
 */
final class Http1Connection implements ServerConnection, InterruptableTask<Void>, PeerConnection {
    private final Set<Http1Connection> open;
    private final boolean secure;
    private final long stallNanos;
    private final GoneActions goneActions = new GoneActions();
    private final Patience patience;
    private final ClientSocket socket;
    private final ReadAhead ahead;
    private final RequestInput input;
    private final AnswerWriter output;
    private final long born = System.nanoTime();
    private final double share = ThreadLocalRandom.current().nextDouble(0.9, 1.1);
    private final ServerConnection helidon;
    private volatile boolean lingering;
    private volatile long endsSince; // by System.nanoTime(); 0 while it does not end
    private volatile boolean stalled;

    Http1Connection(
            ConnectionContext context,
            ServerConnectionSelector http1,
            WireSettings settings,
            ClientSocket socket,
            Set<Http1Connection> open) {
        this.open = open;
        this.socket = socket;
        secure = context.isSecure();
        stallNanos = settings.sending().stallLimit().toNanos();
        patience = new Patience(settings);
        ahead = new ReadAhead(context.serverSocket(), context.dataReader(), this::inputEnded);
        input =
                new RequestInput(
                        ahead,
                        settings.http1(),
                        context.listenerContext().config().maxPayloadSize(),
                        patience,
                        context.remotePeer().address());
        output = new AnswerWriter(context.dataWriter());
        helidon =
                http1.connection(new WiredContext(context, this, DataReader.create(input), output));
    }

    private void inputEnded() {
        if (!patience.over()) { // a client that is too slow is told so
            goneActions.fire();
        }
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        open.add(this);
        try {
            handleAndLinger(limit);
        } finally {
            open.remove(this);
            goneActions.fire();
        }
    }

    private void handleAndLinger(Limit limit) throws InterruptedException {
        try {
            helidon.handle(limit);
        } finally {
            linger(); // may throw: the client resets, or the server stops
        }
    }

    /**
     * Lets the client read the last answer: its system would drop it if ours closed with bytes
     * unread, or before some arrive (RFC 9112, section 9.6). Over TLS, where only a whole end can
     * be told, a client that has sent all is not kept waiting for it.
     */
    private void linger() {
        boolean told = stalled || patience.over() || Thread.currentThread().isInterrupted();
        if (!told && (input.unread() || (!input.ended() && !secure))) {
            lingering = true;
            socket.endOutput();
            input.drop();
        }
    }

    /** There is at most one call at a time on an HTTP/1.1 connection. */
    @Override
    public Registration onGone(int streamId, Runnable action) {
        Registration registration = goneActions.add(action);
        ahead.watch();
        return () -> {
            registration.close();
            ahead.unwatch();
        };
    }

    @Override
    public void bodyMayPause() {
        patience.anyPace();
    }

    @Override
    public void headOnly() {
        output.headOnly();
    }

    @Override
    public @Nullable RawConnection leaveHttp() {
        // what follows a request would be taken for a request by who stands in between
        return input.unread() || ahead.holds()
                ? null
                : new RawBytes(this, input, output, patience, socket);
    }

    @Override
    public CancelCause whyGone() {
        return stalled ? CancelCause.STALLED : CancelCause.CLIENT_LEFT;
    }

    @Override
    public void end() {
        socket.endOutput();
        endsSince = System.nanoTime() | 1;
    }

    void sweep(long now) {
        ahead.sweep(now);
        long begun = endsSince;
        if (begun != 0 && now - begun > Patience.LINGER.toNanos()) {
            endsSince = 0;
            socket.endInput(); // who still reads a body is through then
        }
        if (patience.endsAt(now)) {
            socket.endInput();
        }
        if (output.stalls(now, stallNanos) && !stalled) {
            stalled = true;
            goneActions.fire();
            socket.abort();
        }
    }

    /**
     * Whether it is older than it may be, ±10 % for each connection, so that not all end at once.
     */
    boolean olderThan(Duration age) {
        return System.nanoTime() - born > age.toNanos() * share;
    }

    boolean busy() {
        return !canInterrupt();
    }

    /** None: Helidon's idle timeout counts a long call; {@link Patience} is the one that counts. */
    @Override
    public Duration idleTime() {
        return Duration.ZERO;
    }

    @Override
    public void close(boolean interrupt) {
        helidon.close(interrupt);
        if (lingering) {
            socket.endInput();
        }
    }

    @Override
    public boolean canInterrupt() {
        return lingering || idle();
    }

    private boolean idle() {
        return helidon instanceof InterruptableTask<?> task && task.canInterrupt();
    }
}
