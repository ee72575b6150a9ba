package dev.tandem.runtime.wire.http1;

import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.wire.connection.RefusedRequest;
import dev.tandem.runtime.wire.connection.WireSettings;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What Helidon's parser gets to see of an HTTP/1.1 connection: one well-formed request after the
 * other, each only when the parser asks for it.
 *
 * <p>Helidon 4.5.0 closes without an answer on what its first look does not know, answers others
 * with 500 and a stack trace, has no limit for slow clients and few for large heads, and refuses
 * what is legal in chunks. Here every byte is read by one strict reader first; what it refuses is
 * thrown as a {@link RequestException}, which Helidon answers through the server's handler of
 * errors. Of the connection's thread.
 */
final class RequestInput implements Supplier<byte @Nullable []> {
    private static final byte[] NOTHING = {};

    /** Bytes that are dropped at most, for the client to read its answer. */
    private static final int MOST_DROPPED = 16 << 20;

    private final Supplier<byte @Nullable []> source;
    private final WireSettings.Http1 settings;
    private final long largestBody;
    private final Patience patience;
    private final SocketAddress peer;
    private final RequestHead head;

    private byte[] held = NOTHING; // read from the source; used up before from, empty behind to
    private int from;
    private int to;
    private long bodyLeft;
    private @Nullable ChunkedBody chunks;
    private boolean last;
    private boolean ended;
    private boolean refused;

    /**
     * @param source the client's bytes as they come; null at their end
     * @param largestBody bytes that any body may have; negative for no limit
     */
    RequestInput(
            Supplier<byte @Nullable []> source,
            WireSettings.Http1 settings,
            long largestBody,
            Patience patience,
            SocketAddress peer) {
        this.source = source;
        this.settings = settings;
        this.patience = patience;
        this.peer = peer;
        this.largestBody = largestBody < 0 ? Long.MAX_VALUE : largestBody;
        head = new RequestHead(settings, this.largestBody);
    }

    /**
     * The parser's next bytes: a head, with what has arrived of its body, or more of the body; null
     * at the end of the input.
     *
     * @throws RequestException where the client's bytes are refused, or do not come
     * @throws CloseConnectionException where the client left within a request
     */
    @Override
    public byte @Nullable [] get() {
        if (chunks != null) {
            return moreChunks(chunks);
        }
        return bodyLeft > 0 ? moreBody() : nextRequest();
    }

    private byte @Nullable [] nextRequest() {
        if (last || refused) {
            return null;
        }
        head.begin();
        patience.newRequest();
        try {
            return headArrives() ? begun() : null;
        } catch (ApiException e) {
            throw refusal(e, head.method(held, from), head.path(held, from));
        }
    }

    private boolean headArrives() {
        long begun = System.nanoTime();
        while (from == to || !head.read(held, from, to)) {
            boolean idle = from == to;
            if (!fill(idle ? Patience.Wait.IDLE : Patience.Wait.HEAD, begun)) {
                if (idle) {
                    return false;
                }
                if (patience.over()) {
                    throw Malformed.slowHead(settings.headTime().toMillis());
                }
                throw new CloseConnectionException("the client left within a request's head");
            }
            if (idle) {
                begun = System.nanoTime();
            }
        }
        return true;
    }

    /** The head is whole: it goes out, with what has arrived of a body with a length. */
    private byte[] begun() {
        BodyFraming framing = head.framing();
        last = framing.last();
        bodyLeft = framing.length();
        chunks = framing.chunked() ? new ChunkedBody(settings, largestBody) : null;
        int begin = from + head.first();
        int end = from + head.end();
        if (head.absolute()) {
            byte[] written = head.withPath(held, from);
            from = end;
            return written;
        }
        from = end + (int) Math.min(bodyLeft, to - end);
        bodyLeft -= from - end;
        return bytes(begin, from);
    }

    private byte[] moreBody() {
        if (from == to) {
            fillBody();
        }
        int begin = from;
        from += (int) Math.min(bodyLeft, to - from);
        bodyLeft -= from - begin;
        return bytes(begin, from);
    }

    private byte[] moreChunks(ChunkedBody body) {
        try {
            while (true) {
                byte[] next = body.next(held, from, to);
                from += body.taken();
                if (next != null) {
                    chunks = body.ended() ? null : body;
                    return next;
                }
                fillBody();
            }
        } catch (ApiException e) {
            throw refusal(e, "-", "-");
        }
    }

    private void fillBody() {
        if (refused || ended || !fill(Patience.Wait.BODY, System.nanoTime())) {
            if (patience.over() && !refused) {
                throw refusal(Malformed.slowBody(), "-", "-");
            }
            throw new CloseConnectionException("the client left within a request's body");
        }
    }

    /** Waits for bytes; false at the end of the input. */
    private boolean fill(Patience.Wait what, long since) {
        if (from == to) {
            held = NOTHING; // an idle connection costs as little as it can
            from = 0;
            to = 0;
        }
        patience.begin(what, since);
        byte[] next = null;
        try {
            next = source.get();
        } finally {
            patience.end(next == null ? 0 : next.length);
        }
        if (next == null) {
            ended = true;
            return false;
        }
        if (from == to) {
            held = next;
            to = next.length;
        } else {
            append(next);
        }
        return true;
    }

    /** What is held stays where it is: the head has counted. */
    private void append(byte[] next) {
        if (held.length - to < next.length) {
            held = Arrays.copyOf(held, Math.max(2 * held.length, to + next.length));
        }
        System.arraycopy(next, 0, held, to, next.length);
        to += next.length;
    }

    /** A copy, unless it is all there is. */
    private byte[] bytes(int begin, int end) {
        return begin == 0 && end == held.length ? held : Arrays.copyOfRange(held, begin, end);
    }

    /**
     * The client's next bytes as they come, for another protocol; null at the end of the input.
     * From then on this is of the thread that reads.
     */
    byte @Nullable [] raw(Patience.Wait what) {
        if (from == to && !fill(what, System.nanoTime())) {
            return null;
        }
        int begin = from;
        from = to;
        return bytes(begin, to);
    }

    private RequestException refusal(ApiException e, String method, String path) {
        refused = true;
        return new RefusedRequest(method, path, peer, e.error()).toException();
    }

    /** What the client still sends is of no use. */
    void refuse() {
        refused = true;
    }

    /** Has the client ended its side? */
    boolean ended() {
        return ended;
    }

    /** Is there more of what the client sent, or will there be? */
    boolean unread() {
        return !ended && (refused || bodyLeft > 0 || chunks != null || from < to);
    }

    /**
     * Reads and drops what the client still sends, until it ends, the wait is over, or it is too
     * much.
     */
    void drop() {
        from = to;
        long begun = System.nanoTime();
        for (int dropped = 0;
                dropped < MOST_DROPPED && fill(Patience.Wait.LINGER, begun);
                dropped += to) {
            from = to;
        }
    }
}
