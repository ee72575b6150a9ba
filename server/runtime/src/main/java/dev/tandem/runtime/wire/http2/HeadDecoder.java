package dev.tandem.runtime.wire.http2;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.Header;
import io.helidon.http.HttpPrologue;
import io.helidon.http.http2.Http2Exception;
import io.helidon.http.http2.Http2Flag;
import io.helidon.http.http2.Http2FrameData;
import io.helidon.http.http2.Http2FrameHeader;
import io.helidon.http.http2.Http2FrameTypes;
import io.helidon.http.http2.Http2Headers;
import io.helidon.http.http2.Http2HuffmanDecoder;
import io.helidon.http.http2.Http2Priority;
import io.helidon.http.http2.Http2RstStream;
import io.helidon.http.http2.Http2Stream;
import io.helidon.http.http2.Http2StreamState;
import io.helidon.http.http2.Http2WindowUpdate;
import io.helidon.http.http2.StreamFlowControl;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the request headers of one connection: the only decoder that knows the client's HPACK
 * state.
 *
 * <p>Helidon 4.5.0 decodes headers itself, tells nobody whose they are until the stream's thread
 * runs, and ends the connection on trailers for a stream that it has forgotten. So it is fed with
 * headers encoded anew, without state ({@link HeadEncoder}).
 */
final class HeadDecoder {
    private static final int TABLE_SIZE = 4096;

    private final Http2Headers.DynamicTable table = Http2Headers.DynamicTable.create(TABLE_SIZE);
    private final Http2HuffmanDecoder huffman = Http2HuffmanDecoder.create();

    /**
     * Decodes a header block; throws {@link ConnectionError} when that cannot be done, as the state
     * is lost then.
     */
    @SuppressWarnings("IllegalCatch") // Helidon's decoder throws whatever it stumbles over
    RequestHead decode(int streamId, byte[] block) {
        Http2FrameHeader header =
                Http2FrameHeader.create(
                        block.length,
                        Http2FrameTypes.HEADERS,
                        Http2Flag.HeaderFlags.create(Frames.END_HEADERS),
                        streamId);
        try {
            Http2FrameData frame = new Http2FrameData(header, BufferData.create(block));
            return RequestHead.of(Http2Headers.create(NoStream.INSTANCE, table, huffman, frame));
        } catch (Http2Exception e) {
            throw new ConnectionError(e.code().code(), "bad headers: " + e);
        } catch (RuntimeException e) {
            throw new ConnectionError(
                    ErrorCode.COMPRESSION_ERROR, "headers cannot be decoded: " + e);
        }
    }

    /**
     * Whether the headers make a request (RFC 9113, section 8.3.1). Helidon 4.5.0 ends the whole
     * connection where it finds that they do not; here only the stream ends.
     */
    boolean isRequest(RequestHead head) {
        try {
            head.decoded().validateRequest();
            for (Header header : head.headers()) {
                header.validate();
            }
            HttpPrologue.create(
                    "HTTP/2.0", "HTTP", "2.0", head.decoded().method(), head.path(), true);
            return !head.path().isEmpty();
        } catch (Http2Exception | IllegalArgumentException e) {
            return false;
        }
    }

    /** The decoder asks for a stream to tell its priority, which nobody uses. */
    private static final class NoStream implements Http2Stream {
        static final NoStream INSTANCE = new NoStream();

        @Override
        public boolean rstStream(Http2RstStream frame) {
            return false;
        }

        @Override
        public void windowUpdate(Http2WindowUpdate frame) {
            // not sent to this stream
        }

        @Override
        public void headers(Http2Headers headers, boolean endOfStream) {
            // not sent to this stream
        }

        @Override
        public void data(Http2FrameHeader header, BufferData data, boolean endOfStream) {
            // not sent to this stream
        }

        @Override
        public void priority(Http2Priority priority) {
            // taken off before
        }

        @Override
        public int streamId() {
            return 0;
        }

        @Override
        public Http2StreamState streamState() {
            return Http2StreamState.OPEN;
        }

        @Override
        public @Nullable StreamFlowControl flowControl() {
            return null;
        }
    }
}
