package dev.tandem.runtime.wire.http2;

import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.wire.connection.PeerConnection;
import dev.tandem.runtime.wire.connection.Registration;
import dev.tandem.runtime.wire.connection.WiredContext;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http2.Http2ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** One HTTP/2 connection: Helidon's protocol between our input and our output, and its end. */
final class ClientConnection implements ServerConnection, InterruptableTask<Void>, PeerConnection {
    private final Set<ClientConnection> open;
    private final Set<ClientConnection> over;
    private final StreamTable streams = new StreamTable();
    private final FrameOutput output;
    private final SocketReads reads;
    private final FrameInput input;
    private final StreamEnds ends;
    private final Lifetime lifetime;
    private final ServerConnection helidon;
    private volatile boolean ended;
    private volatile boolean stalled;

    /**
     * @param open has it while it runs
     * @param over has it from then on, until no thread is left
     */
    ClientConnection(
            ConnectionContext context,
            Http2Setup setup,
            Set<ClientConnection> open,
            Set<ClientConnection> over) {
        this.open = open;
        this.over = over;
        HelidonFeed feed = new HelidonFeed();
        output = new FrameOutput(context.serverSocket(), streams, feed, setup.settings());
        ends = new StreamEnds(streams, output, feed);
        InboundFrames frames = new InboundFrames(setup, streams, output, ends, feed);
        reads = new SocketReads(context.serverSocket(), context.dataReader(), output.uploads());
        input = new FrameInput(reads, feed, output.window(), frames, this::fail, this::letGo);
        helidon =
                Http2ConnectionSelector.builder()
                        .http2Config(setup.helidon())
                        .addSubProtocolSelector(new StreamDispatch(this, setup.handler()))
                        .build()
                        .connection(
                                new WiredContext(context, this, DataReader.create(input), output));
        lifetime = new Lifetime(setup.settings(), this, input, frames);
    }

    /**
     * Ends waits of threads that nobody else ends; to be called every 100 ms or so, and after the
     * connection's end until it returns true: no thread is left then.
     */
    boolean sweepThreads() {
        streams.threads().sweep(ended);
        return streams.threads().isEmpty();
    }

    StreamTable streams() {
        return streams;
    }

    FrameOutput output() {
        return output;
    }

    StreamEnds ends() {
        return ends;
    }

    Lifetime lifetime() {
        return lifetime;
    }

    /** Whether the connection is over, so that nothing can be sent or will arrive. */
    boolean ended() {
        return ended;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        open.add(this);
        try {
            helidon.handle(limit);
        } finally {
            letGo();
            output.close();
            linger();
            over.add(this);
            open.remove(this);
        }
    }

    private void letGo() {
        ended = true;
        ends.connectionEnded();
    }

    /** Says why the connection ends; what the client still sends is not answered. */
    void fail(ConnectionError error) {
        input.stop();
        output.control(Frames.goAway(streams.lastProcessed(), error.errorCode));
    }

    /**
     * Reads on until the client closes, for a while: a socket that is closed with unread input
     * resets the connection, and the client may never read our GOAWAY. {@link Lifetime} ends it.
     */
    private void linger() {
        if (input.atEnd() || output.aborted()) {
            return;
        }
        lifetime.lingers();
        try {
            while (reads.next() != null) {
                // nobody asks any more what it says
            }
        } catch (ServerConnectionException e) {
            // the client, or the end of our patience, closed the socket
        }
    }

    /** The connection is about to be ended because its client takes nothing. */
    void stalls() {
        stalled = true;
    }

    @Override
    public CancelCause whyGone() {
        return stalled ? CancelCause.STALLED : CancelCause.CLIENT_LEFT;
    }

    @Override
    public Registration onSlowBody(int streamId, BooleanSupplier action) {
        return streams.find(streamId) instanceof Plain plain ? plain.onSlowBody(action) : () -> {};
    }

    /** Ends the connection now, whatever its threads are doing. */
    void kill(String why) {
        output.abort(why);
        helidon.close(true); // interrupts the reading thread, which closes the channel
    }

    @Override
    public Registration onGone(int streamId, Runnable action) {
        TrackedStream stream = streams.find(streamId);
        if (stream == null || stream.reset || ended) {
            Thread.ofVirtual().name("client-gone").start(action);
            return () -> {};
        }
        return stream.goneActions.add(action);
    }

    /**
     * None while calls run: Helidon 4.5.0 counts from the last frame, and its idle timeout ends
     * streams in progress.
     */
    @Override
    public Duration idleTime() {
        return streams.isEmpty() ? helidon.idleTime() : Duration.ZERO;
    }

    /** Ends the connection: in order, as a drain does, or now. */
    @Override
    public void close(boolean interrupt) {
        if (interrupt) {
            helidon.close(true);
        } else {
            lifetime.drain(System.nanoTime());
        }
    }

    /**
     * Never: a server that stops lets its connections end in order. Helidon 4.5.0 would interrupt
     * the reading thread of one whose calls are still on their way.
     */
    @Override
    public boolean canInterrupt() {
        return false;
    }
}
