package dev.tandem.runtime.wire.http2;

import dev.tandem.runtime.wire.connection.PeerConnection;
import dev.tandem.runtime.wire.connection.Registration;
import dev.tandem.runtime.wire.connection.WiredContext;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http2.Http2ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;
import java.util.Set;

/** One HTTP/2 connection: Helidon's protocol between our input and our output, and its end. */
final class ClientConnection implements ServerConnection, InterruptableTask<Void>, PeerConnection {
    private final Set<ClientConnection> open;
    private final StreamTable streams = new StreamTable();
    private final FrameOutput output;
    private final FrameInput input;
    private final StreamEnds ends;
    private final Lifetime lifetime;
    private final ServerConnection helidon;
    private volatile boolean ended;

    ClientConnection(ConnectionContext context, Http2Setup setup, Set<ClientConnection> open) {
        this.open = open;
        HelidonFeed feed = new HelidonFeed();
        output = new FrameOutput(context.serverSocket(), streams, feed, setup.settings());
        ends = new StreamEnds(streams, output, feed);
        InboundFrames frames = new InboundFrames(setup, streams, output, ends, feed);
        input =
                new FrameInput(
                        context.serverSocket(),
                        context.dataReader(),
                        feed,
                        output.window(),
                        frames,
                        this::fail);
        helidon =
                Http2ConnectionSelector.builder()
                        .http2Config(setup.helidon())
                        .addSubProtocolSelector(new StreamDispatch(this, setup.handler()))
                        .build()
                        .connection(
                                new WiredContext(context, this, DataReader.create(input), output));
        lifetime = new Lifetime(setup.settings(), this, input, frames);
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
            open.remove(this);
            ended = true;
            ends.connectionEnded();
            output.close();
        }
    }

    private void fail(ConnectionError error) {
        output.control(Frames.goAway(streams.lastProcessed(), error.errorCode));
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

    @Override
    public void close(boolean interrupt) {
        helidon.close(interrupt);
    }

    @Override
    public boolean canInterrupt() {
        return helidon instanceof InterruptableTask<?> task && task.canInterrupt();
    }
}
