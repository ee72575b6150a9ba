package dev.tandem.runtime.wire.port;

import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.wire.connection.GoneActions;
import dev.tandem.runtime.wire.connection.OwnedStream;
import dev.tandem.runtime.wire.connection.Peer;
import dev.tandem.runtime.wire.connection.Registration;
import dev.tandem.runtime.wire.connection.StreamGoneException;
import dev.tandem.runtime.wire.connection.StreamGoneException.Reason;
import io.helidon.common.socket.PeerInfo;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Status;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request over HTTP/1.1 as a stream. What is sent leaves at once, in chunks; an answer of one
 * piece has a length.
 */
final class Http1Stream implements OwnedStream {
    private final RoutingRequest request;
    private final RoutingResponse response;
    private final GoneActions goneActions = new GoneActions();
    private final Http1Writes writes = new Http1Writes();
    private final Registration presence;

    private @Nullable Http1Body body; // null until it is read
    private @Nullable OutputStream out; // null until the first piece that is not the last
    private boolean headersSet;
    private boolean last; // on its connection
    private volatile boolean ended;
    private volatile boolean broken;
    private volatile boolean gone;
    private volatile boolean aborted;

    Http1Stream(RoutingRequest request, RoutingResponse response) {
        this.request = request;
        this.response = response;
        this.presence = Peer.onGone(request, this::clientLeft);
    }

    /** Connect's unary requests are not: theirs is one message, whole. */
    private static boolean isOfMessages(Headers headers) {
        String type = headers.first(HeaderNames.CONTENT_TYPE).orElse("").toLowerCase(Locale.ROOT);
        return type.startsWith("application/connect+") || type.startsWith("application/grpc-web");
    }

    /** The path and query of a request, in origin form. */
    static String target(RoutingRequest request) {
        HttpPrologue prologue = request.prologue();
        String path = prologue.uriPath().rawPath();
        String query = prologue.query().rawValue();
        return query.isEmpty() ? path : path + "?" + query;
    }

    private void clientLeft() {
        gone = true;
        goneActions.fire();
    }

    @Override
    public String method() {
        return request.prologue().method().text();
    }

    @Override
    public String path() {
        return target(request);
    }

    @Override
    public Headers headers() {
        return request.headers();
    }

    @Override
    public PeerInfo peer() {
        return request.remotePeer();
    }

    @Override
    public boolean secure() {
        return request.isSecure();
    }

    @Override
    public byte @Nullable [] take() throws InterruptedException {
        if (gone || ended) {
            return null;
        }
        Http1Body reading = body;
        if (reading == null) {
            if (isOfMessages(request.headers())) {
                Peer.bodyMayPause(request);
            }
            reading = Http1Body.of(request);
            body = reading;
        }
        byte[] bytes = reading.take();
        if (bytes == null) {
            clientLeft();
        }
        return bytes;
    }

    @Override
    public void headers(int status, WritableHeaders<?> headers, boolean endStream) {
        if (headersSet) {
            throw new IllegalStateException("headers were sent already");
        }
        requireOpen();
        headersSet = true;
        response.status(Status.create(status));
        for (Header header : headers) {
            response.header(header);
        }
        // without body read, the client of "expect" waits for a 100 that will not come
        last =
                request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)
                        || response.headers().containsToken(HeaderValues.CONNECTION_CLOSE)
                        || (body == null && request.headers().contains(HeaderNames.EXPECT));
        if (last) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        if (endStream) {
            write(response::send);
            ended = true;
        }
    }

    @Override
    public void data(byte[] bytes, int offset, int length, boolean endStream) {
        if (!headersSet) {
            throw new IllegalStateException("send headers first");
        }
        requireOpen();
        if (aborted) {
            throw new StreamGoneException(Reason.ABORTED);
        }
        if (out == null && endStream) {
            write(() -> response.send(bytes, offset, length));
        } else {
            write(() -> stream(bytes, offset, length, endStream));
        }
        ended = endStream;
    }

    private void stream(byte[] bytes, int offset, int length, boolean end) throws IOException {
        OutputStream opened = out;
        if (opened == null) {
            opened = response.outputStream();
            out = opened;
        }
        opened.write(bytes, offset, length);
        opened.flush();
        if (end) {
            opened.close();
            response.commit();
        }
    }

    @Override
    public void trailers(WritableHeaders<?> trailers) {
        throw new UnsupportedOperationException("over HTTP/1.1 no trailers are sent");
    }

    private void write(Http1Writes.Step step) {
        try {
            writes.run(step);
        } catch (StreamGoneException e) {
            clientLeft();
            throw e;
        }
    }

    private void requireOpen() {
        if (ended) {
            throw new IllegalStateException("the answer was ended already");
        }
        if (gone || broken) {
            throw new StreamGoneException(Reason.CONNECTION_ENDED);
        }
    }

    @Override
    public void abortSend() {
        aborted = true;
        writes.breakOff();
    }

    @Override
    public void resumeSend() {
        aborted = false;
    }

    @Override
    public boolean endsByInterrupt() {
        return true;
    }

    @Override
    public void reset(int errorCode) {
        if (!ended) {
            broken = true;
            writes.breakOff();
        }
    }

    @Override
    public Registration onGone(Runnable action) {
        return goneActions.add(action);
    }

    @Override
    public boolean gone() {
        return gone;
    }

    @Override
    public CancelCause whyGone() {
        return Peer.whyGone(request);
    }

    boolean ended() {
        return ended;
    }

    /** Can the connection take another request? To be asked after {@link #close()}. */
    boolean reusable() {
        return ended && !last && !broken && !gone;
    }

    /** The call is over: what is left of the request is read. */
    void close() {
        goneActions.forget();
        Http1Body begun = body;
        if (begun != null && !begun.finish(!ended || gone || broken)) {
            last = true;
        }
        presence.close();
    }
}
