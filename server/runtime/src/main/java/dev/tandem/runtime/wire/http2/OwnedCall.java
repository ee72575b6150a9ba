package dev.tandem.runtime.wire.http2;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.wire.connection.OwnedStream;
import dev.tandem.runtime.wire.connection.RefusedRequest;
import dev.tandem.runtime.wire.connection.Registration;
import dev.tandem.runtime.wire.connection.StreamGoneException;
import dev.tandem.runtime.wire.connection.StreamGoneException.Reason;
import io.helidon.common.socket.PeerInfo;
import io.helidon.http.Headers;
import io.helidon.http.Status;
import io.helidon.http.WritableHeaders;
import io.helidon.http.http2.FlowControl;
import io.helidon.http.http2.Http2Flag;
import io.helidon.http.http2.Http2Headers;
import io.helidon.http.http2.Http2StreamWriter;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ServerConnectionException;
import org.jspecify.annotations.Nullable;

/**
 * An owned stream as its handler sees it: bytes from the inbox, headers through Helidon's HPACK
 * encoder, DATA past Helidon.
 */
final class OwnedCall implements OwnedStream {
    private final ConnectionContext context;
    private final ClientConnection connection;
    private final Owned stream;
    private final Http2StreamWriter writer;
    private final FlowControl.Outbound helidonWindow;
    private @Nullable Headers headers;
    private boolean headersSent;

    OwnedCall(
            ConnectionContext context,
            ClientConnection connection,
            Owned stream,
            Http2StreamWriter writer,
            FlowControl.Outbound helidonWindow) {
        this.context = context;
        this.connection = connection;
        this.stream = stream;
        this.writer = writer;
        this.helidonWindow = helidonWindow;
    }

    @Override
    public String method() {
        return stream.head.method();
    }

    @Override
    public String path() {
        return stream.head.path();
    }

    @Override
    public Headers headers() {
        Headers known = headers;
        if (known == null) {
            known = stream.head.headersWithHost();
            headers = known;
        }
        return known;
    }

    @Override
    public @Nullable RefusedRequest refused() {
        ApiError refusal = stream.refusal;
        if (refusal == null) {
            return null;
        }
        String path = path();
        int query = path.indexOf('?');
        return new RefusedRequest(
                method(), query < 0 ? path : path.substring(0, query), peer().address(), refusal);
    }

    @Override
    public PeerInfo peer() {
        return context.remotePeer();
    }

    @Override
    public boolean secure() {
        return context.isSecure();
    }

    @Override
    public byte @Nullable [] take() throws InterruptedException {
        byte[] taken = stream.inbox.take();
        if (taken == null) {
            return null;
        }
        connection.output().receive().taken(taken.length);
        int room = stream.inbox.windowUpdate();
        if (room > 0) {
            connection.output().control(Frames.windowUpdate(stream.id, room));
        }
        return taken;
    }

    @Override
    public void headers(int status, WritableHeaders<?> headers, boolean endStream) {
        if (headersSent) {
            throw new IllegalStateException("headers were sent already; send trailers to end");
        }
        HeaderRules.check(headers);
        LargeFields.keepOutOfTable(headers);
        requireOpen();
        write(Http2Headers.create(headers).status(Status.create(status)), endStream);
        headersSent = true;
    }

    @Override
    public void data(byte[] bytes, int offset, int length, boolean endStream) {
        requireHeaders();
        requireOpen();
        if (length > 0 || endStream) {
            connection.output().senders().send(stream, bytes, offset, length, endStream);
        }
        if (endStream) {
            ended();
        }
    }

    @Override
    public void trailers(WritableHeaders<?> trailers) {
        requireHeaders();
        HeaderRules.check(trailers);
        LargeFields.keepOutOfTable(trailers);
        requireOpen();
        write(Http2Headers.create(trailers), true);
    }

    /**
     * Helidon 4.5.0 takes its writer's lock interruptibly and then throws IllegalStateException, so
     * an interrupt is set aside while headers are written.
     */
    private void write(Http2Headers headers, boolean endStream) {
        int flags = Frames.END_HEADERS | (endStream ? Frames.END_STREAM : 0);
        boolean interrupted = Thread.interrupted();
        try {
            var _ =
                    writer.writeHeaders(
                            headers, stream.id, Http2Flag.HeaderFlags.create(flags), helidonWindow);
        } catch (ServerConnectionException e) {
            throw new StreamGoneException(Reason.CONNECTION_ENDED);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        if (endStream) {
            ended();
        }
    }

    private void ended() {
        stream.localEnded = true;
        connection.output().receive().taken(stream.inbox.close());
    }

    private void requireHeaders() {
        if (!headersSent) {
            throw new IllegalStateException("send headers first");
        }
    }

    private void requireOpen() {
        if (stream.localEnded) {
            throw new IllegalStateException("our side of the stream was ended already");
        }
        if (stream.reset) {
            throw new StreamGoneException(
                    connection.ended() ? Reason.CONNECTION_ENDED : Reason.RESET);
        }
    }

    @Override
    public void abortSend() {
        stream.sendAborted = true;
        connection.output().wake(stream);
    }

    @Override
    public void resumeSend() {
        stream.sendAborted = false;
    }

    @Override
    public void reset(int errorCode) {
        if (!stream.localEnded) {
            connection.ends().reset(stream, errorCode);
        }
    }

    @Override
    public Registration onGone(Runnable action) {
        return stream.goneActions.add(action);
    }

    @Override
    public boolean gone() {
        return stream.reset;
    }

    @Override
    public CancelCause whyGone() {
        return connection.whyGone();
    }
}
