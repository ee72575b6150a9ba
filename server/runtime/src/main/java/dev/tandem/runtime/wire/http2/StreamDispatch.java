package dev.tandem.runtime.wire.http2;

import dev.tandem.runtime.wire.connection.OwnedStream;
import dev.tandem.runtime.wire.connection.StreamGoneException;
import dev.tandem.runtime.wire.connection.StreamHandler;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.HttpPrologue;
import io.helidon.http.http2.Http2FrameHeader;
import io.helidon.http.http2.Http2FrameTypes;
import io.helidon.http.http2.Http2Headers;
import io.helidon.http.http2.Http2RstStream;
import io.helidon.http.http2.Http2Settings;
import io.helidon.http.http2.Http2StreamState;
import io.helidon.http.http2.Http2StreamWriter;
import io.helidon.http.http2.Http2WindowUpdate;
import io.helidon.http.http2.StreamFlowControl;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.http2.spi.Http2SubProtocolSelector;
import io.helidon.webserver.http2.spi.SubProtocolResult;
import java.lang.System.Logger.Level;

/**
 * Gives each stream of a connection, on its own thread, to our handler or back to Helidon's
 * routing.
 */
final class StreamDispatch implements Http2SubProtocolSelector {
    private static final System.Logger LOG = System.getLogger(StreamDispatch.class.getName());

    private final ClientConnection connection;
    private final StreamHandler handler;

    /**
     * @param handler answers owned streams
     */
    StreamDispatch(ClientConnection connection, StreamHandler handler) {
        this.handler = handler;
        this.connection = connection;
    }

    @Override
    public SubProtocolResult subProtocol(
            ConnectionContext context,
            HttpPrologue prologue,
            Http2Headers headers,
            Http2StreamWriter writer,
            int streamId,
            Http2Settings serverSettings,
            Http2Settings clientSettings,
            StreamFlowControl flowControl,
            Http2StreamState state,
            Router router) {
        return switch (connection.streams().find(streamId)) {
            case Owned owned -> {
                OwnedStream call =
                        new OwnedCall(context, connection, owned, writer, flowControl.outbound());
                yield new SubProtocolResult(true, new WholeCall(() -> run(owned, call)));
            }
            case Plain plain -> {
                connection.streams().threads().began(plain);
                connection.output().credits().begin(plain, flowControl.outbound());
                yield NOT_SUPPORTED;
            }
            // reset before its thread ran: there is nobody to answer
            case null -> {
                if (connection.streams().resetEarly(streamId) instanceof Plain plain) {
                    connection.streams().threads().began(plain);
                }
                connection.streams().workEnded(streamId);
                yield new SubProtocolResult(true, new Unanswered());
            }
        };
    }

    private void run(Owned stream, OwnedStream call) {
        try {
            if (!stream.reset) {
                handle(stream, call);
            }
        } finally {
            connection.ends().handled(stream);
        }
    }

    @SuppressWarnings("IllegalCatch") // a handler may throw anything; its client must learn of it
    private void handle(Owned stream, OwnedStream call) {
        try {
            handler.handle(call);
            if (!stream.localEnded && !stream.reset) {
                LOG.log(
                        Level.ERROR,
                        "the handler of " + call.path() + " returned without an answer");
            }
        } catch (StreamGoneException e) {
            connection.ends().resetUnlessEnded(stream, ErrorCode.CANCEL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            connection.ends().resetUnlessEnded(stream, ErrorCode.CANCEL);
        } catch (Throwable e) {
            if (!stream.reset) {
                LOG.log(Level.ERROR, "the handler of " + call.path() + " failed", e);
            }
        }
        connection.ends().resetUnlessEnded(stream, ErrorCode.INTERNAL_ERROR);
    }

    /**
     * Runs the call in {@link #init()}, on the stream's thread; Helidon's inbound queue stays
     * empty.
     */
    private record WholeCall(Runnable call) implements SubProtocolHandler {
        @Override
        public void init() {
            call.run();
        }

        /** After {@link #init()} there is nothing left to do. */
        @Override
        public Http2StreamState streamState() {
            return Http2StreamState.CLOSED;
        }

        @Override
        public void rstStream(Http2RstStream frame) {
            // ends in InboundFrames
        }

        @Override
        public void windowUpdate(Http2WindowUpdate frame) {
            // ends in InboundFrames
        }

        @Override
        public void data(Http2FrameHeader header, BufferData data) {
            // ends in InboundFrames
        }
    }

    /**
     * Takes what Helidon was given of a stream before its reset. Helidon 4.5.0 ends the connection
     * when DATA comes for a stream that says it is closed, so this one is open until the client's
     * end, or the RST_STREAM that stands for it, has passed.
     */
    private static final class Unanswered implements SubProtocolHandler {
        private boolean ended;

        @Override
        public void init() {
            // nothing to answer
        }

        @Override
        public Http2StreamState streamState() {
            return ended ? Http2StreamState.CLOSED : Http2StreamState.OPEN;
        }

        @Override
        public void rstStream(Http2RstStream frame) {
            // Helidon closes the stream itself
        }

        @Override
        public void windowUpdate(Http2WindowUpdate frame) {
            // ends in InboundFrames
        }

        @Override
        public void data(Http2FrameHeader header, BufferData data) {
            ended = header.flags(Http2FrameTypes.DATA).endOfStream();
        }
    }
}
