package dev.tandem.bench.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/** One connection of the client. */
abstract class Link {
    private final SocketChannel channel;
    private final Tally tally;
    private byte[] rest = {};
    private byte[] out = new byte[1024];
    private int outSize;
    private boolean more = true;

    Link(int port, Tally tally) throws IOException {
        this.tally = tally;
        channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
    }

    SocketChannel channel() {
        return channel;
    }

    /** Begins calls on all streams of the connection. */
    abstract void begin();

    /** Is no call under way? */
    abstract boolean idle();

    /** Takes what it can; returns up to where it did. */
    abstract int accept(byte[] array, int from, int to);

    /** May another call begin? */
    boolean more() {
        return more;
    }

    void beginNoMore() {
        more = false;
    }

    void beginMore() {
        more = true;
    }

    /** Adds bytes to what the next {@link #flush} sends. */
    void send(byte[] bytes) {
        if (outSize + bytes.length > out.length) {
            out = Arrays.copyOf(out, Math.max(2 * out.length, outSize + bytes.length));
        }
        System.arraycopy(bytes, 0, out, outSize, bytes.length);
        outSize += bytes.length;
    }

    void flush() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(out, 0, outSize);
        while (bytes.hasRemaining()) { // requests are small: the socket takes them soon
            channel.write(bytes);
        }
        outSize = 0;
    }

    /** Reads what has come. */
    void receive(SelectionKey key, byte[] scratch) {
        try {
            System.arraycopy(rest, 0, scratch, 0, rest.length);
            int count =
                    channel.read(
                            ByteBuffer.wrap(scratch, rest.length, scratch.length - rest.length));
            if (count < 0) {
                throw new IllegalStateException("the server closed a connection");
            }
            tally.arrived(System.nanoTime());
            int to = rest.length + count;
            int taken = accept(scratch, 0, to);
            if (taken < to || rest.length > 0) {
                rest = Arrays.copyOfRange(scratch, taken, to);
            }
            if (outSize > 0) {
                flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
