package dev.tandem.runtime.wire.http2;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.webserver.ServerConnectionException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What Helidon reads of one HTTP/2 connection: the client's bytes as {@link InboundFrames} leave
 * them. On Helidon's thread.
 */
final class FrameInput implements Supplier<byte @Nullable []> {
    /**
     * Helidon's own view of the connection's send window is kept above this; the true one is {@link
     * SendWindow}'s.
     */
    private static final int HELIDON_WINDOW_STEP = 1 << 29;

    private final HelidonSocket socket;
    private final DataReader identified;
    private final HelidonFeed feed;
    private final SendWindow window;
    private final InboundFrames frames;
    private final Consumer<ConnectionError> onError;
    private final FrameCollector collector = new FrameCollector();
    private boolean prefacePassed;
    private boolean settingsPassed;
    private boolean over;
    private long helidonWindowOwed = Frames.MAX_WINDOW - 65_535L;
    private volatile long lastRead = System.nanoTime();

    /**
     * The input of one connection.
     *
     * @param identified Helidon's reader, which holds the bytes that told the protocol
     * @param onError sends GOAWAY; the input then ends
     */
    FrameInput(
            HelidonSocket socket,
            DataReader identified,
            HelidonFeed feed,
            SendWindow window,
            InboundFrames frames,
            Consumer<ConnectionError> onError) {
        this.socket = socket;
        this.identified = identified;
        this.feed = feed;
        this.window = window;
        this.frames = frames;
        this.onError = onError;
    }

    /** When bytes last came, in {@link System#nanoTime()}. */
    long lastRead() {
        return lastRead;
    }

    /** The next bytes for Helidon; null at the end of the input. */
    @Override
    public byte @Nullable [] get() {
        while (!over) {
            byte[] ready = feed.take();
            if (ready != null) {
                return ready;
            }
            byte[] bytes = read();
            if (bytes == null) {
                return null;
            }
            lastRead = System.nanoTime();
            accept(bytes);
        }
        return feed.take();
    }

    private void accept(byte[] bytes) {
        try {
            collector.add(bytes);
            for (byte[] next = collector.next(); next != null; next = collector.next()) {
                if (prefacePassed) {
                    frames.accept(next);
                    widenHelidonWindow();
                } else {
                    prefacePassed = true;
                    feed.pass(next);
                }
            }
        } catch (ConnectionError e) {
            over = true;
            onError.accept(e);
        }
    }

    /** Not before Helidon has seen SETTINGS, which is the first frame. */
    private void widenHelidonWindow() {
        helidonWindowOwed += window.takePlainSent();
        if (!settingsPassed || helidonWindowOwed >= HELIDON_WINDOW_STEP) {
            settingsPassed = true;
            feed.pass(Frames.windowUpdate(0, (int) helidonWindowOwed));
            helidonWindowOwed = 0;
        }
    }

    private byte @Nullable [] read() {
        if (identified.available() > 0) {
            return identified.readBuffer().readBytes();
        }
        try {
            return socket.get();
        } catch (UncheckedIOException e) {
            throw new ServerConnectionException("the client's socket failed", e);
        }
    }
}
