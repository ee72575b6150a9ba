package dev.tandem.runtime.wire.http1;

import dev.tandem.runtime.wire.connection.GoneActions;
import dev.tandem.runtime.wire.connection.PeerConnection;
import dev.tandem.runtime.wire.connection.Registration;
import dev.tandem.runtime.wire.connection.WiredContext;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;

/**
 * One HTTP/1.1 connection: Helidon's, with a reader that meets the end of the client's side in the
 * middle of a call.
 */
final class Http1Connection implements ServerConnection, InterruptableTask<Void>, PeerConnection {
    /** How many times as long as a body its chunks may be. */
    private static final long FRAMING = 2;

    private final Set<Http1Connection> open;
    private final GoneActions goneActions = new GoneActions();
    private final ReadAhead input;
    private final ServerConnection helidon;

    Http1Connection(
            ConnectionContext context, ServerConnectionSelector http1, Set<Http1Connection> open) {
        this.open = open;
        input =
                new ReadAhead(
                        context.serverSocket(),
                        callLimit(context),
                        context.dataReader(),
                        goneActions::fire);
        helidon =
                http1.connection(
                        new WiredContext(
                                context, this, DataReader.create(input), context.dataWriter()));
    }

    private static long callLimit(ConnectionContext context) {
        long largestBody = context.listenerContext().config().maxPayloadSize();
        return largestBody < 0 ? Long.MAX_VALUE : FRAMING * largestBody;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        open.add(this);
        try {
            helidon.handle(limit);
        } finally {
            open.remove(this);
            goneActions.fire();
        }
    }

    /** There is at most one call at a time on an HTTP/1.1 connection. */
    @Override
    public Registration onGone(int streamId, Runnable action) {
        Registration registration = goneActions.add(action);
        input.watch();
        return () -> {
            registration.close();
            input.unwatch();
        };
    }

    void sweep(long now) {
        input.sweep(now);
    }

    boolean busy() {
        return !canInterrupt();
    }

    /**
     * None while a call runs: Helidon 4.5.0 counts from the request's arrival, so its idle timeout
     * would take a long stream for an idle connection.
     */
    @Override
    public Duration idleTime() {
        return busy() ? Duration.ZERO : helidon.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
        helidon.close(interrupt);
    }

    @Override
    public boolean canInterrupt() {
        return helidon instanceof InterruptableTask<?> task && task.canInterrupt();
    }
}
