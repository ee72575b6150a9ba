package dev.tandem.bench.wire;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The load: connections to one server, all on the calling thread, with as little work as can be
 * done while every answer is checked. It works only while {@link #run} does.
 */
public final class Client implements AutoCloseable {
    private static final int SCRATCH = 1 << 20;
    private static final long SELECT_MILLIS = 10;
    private static final long DRAIN_SECONDS = 60;

    private final Selector selector = Selector.open();
    private final List<Link> links = new ArrayList<>();
    private final Tally tally = new Tally();
    private final byte[] scratch = new byte[SCRATCH];

    /**
     * Connects; nothing is asked yet.
     *
     * @param streams at once on each connection; 1 over HTTP/1.1
     */
    public Client(int port, Load load, int connections, int streams) throws IOException {
        for (int i = 0; i < connections; i++) {
            Link link =
                    load.wire() == Load.Wire.EVENTS
                            ? new Http1Link(port, load, tally)
                            : new Http2Link(port, load, tally, streams);
            link.channel().register(selector, SelectionKey.OP_READ, link);
            links.add(link);
        }
    }

    public Tally tally() {
        return tally;
    }

    /** Begins a call on every stream, and another whenever one has ended. */
    public void begin() throws IOException {
        for (Link link : links) {
            link.beginMore();
            link.begin();
            link.flush();
        }
    }

    /** Receives for so long. */
    public void run(double seconds) throws IOException {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        runUntil(() -> System.nanoTime() - end >= 0);
    }

    /** Receives until something has come true. */
    public void runUntil(BooleanSupplier reached) throws IOException {
        while (!reached.getAsBoolean()) {
            selector.select(key -> ((Link) key.attachment()).receive(key, scratch), SELECT_MILLIS);
        }
    }

    /** Begins no more calls, and receives until the last answer is complete. */
    public void finish() throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DRAIN_SECONDS);
        links.forEach(Link::beginNoMore);
        runUntil(() -> idle() || System.nanoTime() - end >= 0);
        if (!idle()) {
            throw new IllegalStateException(
                    "answers on %d connections of %d are not complete after %d s"
                            .formatted(
                                    links.stream().filter(link -> !link.idle()).count(),
                                    links.size(),
                                    DRAIN_SECONDS));
        }
    }

    private boolean idle() {
        return links.stream().allMatch(Link::idle);
    }

    @Override
    public void close() throws IOException {
        for (Link link : links) {
            link.channel().close();
        }
        selector.close();
    }
}
