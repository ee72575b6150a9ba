package dev.tandem.runtime.wire.connect;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.Answer;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Turn;
import dev.tandem.runtime.wire.connection.OwnedStream;
import dev.tandem.runtime.wire.connection.StreamGoneException;
import dev.tandem.runtime.wire.envelope.Codec;
import dev.tandem.runtime.wire.envelope.Encodings;
import dev.tandem.runtime.wire.envelope.Fields;
import dev.tandem.runtime.wire.envelope.Format;
import dev.tandem.runtime.wire.envelope.FrameBuffer;
import dev.tandem.runtime.wire.envelope.LastWords;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.WritableHeaders;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * The answer to one unary call: a message as the body, or an error as JSON with its status. The
 * first is sent, whichever thread has it; what comes later is dropped.
 */
final class UnaryReply {
    private static final Logger LOG = System.getLogger(UnaryReply.class.getName());
    private static final int OK = 200;
    private static final int CANCEL = 8; // RFC 9113, section 7

    private static final Header JSON =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");
    private static final Header BINARY =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/proto");
    private static final Header GZIP =
            HeaderValues.createCached(HeaderNames.CONTENT_ENCODING, Encodings.GZIP);
    private static final Header ACCEPTED =
            HeaderValues.createCached(HeaderNames.ACCEPT_ENCODING, Encodings.GZIP);
    private static final Header VARY =
            HeaderValues.createCached(HeaderNames.VARY, "accept-encoding");

    private final OwnedStream stream;
    private final Call call;
    private final Turn turn;
    private final ConnectJson json;
    private final LastWords lastWords;

    UnaryReply(OwnedStream stream, Call call, ConnectJson json, LastWords lastWords) {
        this.lastWords = lastWords;
        this.json = json;
        this.stream = stream;
        this.call = call;
        this.turn = new Turn(call);
    }

    /**
     * Answers with a message, unless there was an answer.
     *
     * @param compressFromBytes from which size on it is compressed where the client takes that
     */
    void send(Message message, Codec codec, Format format, int compressFromBytes) {
        once(() -> sendMessage(message, codec, format, compressFromBytes));
    }

    private void sendMessage(Message message, Codec codec, Format format, int compressFromBytes) {
        boolean gzip = Encodings.acceptsGzip(stream.headers(), HeaderNames.ACCEPT_ENCODING);
        FrameBuffer frame = new FrameBuffer();
        frame.fill(message, codec, gzip ? compressFromBytes : Integer.MAX_VALUE);
        WritableHeaders<?> headers = common();
        headers.set(format == Format.JSON ? JSON : BINARY);
        if (frame.compressed()) {
            headers.set(GZIP);
        }
        headers.add(VARY);
        addOwn(headers);
        try {
            send(OK, headers, frame.array(), FrameBuffer.PREFIX, frame.length());
        } catch (IllegalArgumentException e) {
            LOG.log(Level.ERROR, "call " + call + " failed: its headers cannot be sent", e);
            ApiError error = ApiError.internal();
            call.failed(error);
            fail(error, ConnectCode.INTERNAL.http(), false);
        }
    }

    /** Answers with an error. */
    void fail(ApiError error) {
        fail(error, ConnectCode.of(error.code().grpc()).http());
    }

    /** Answers with an error and a status that is not its own, unless there was an answer. */
    void fail(ApiError error, int status) {
        once(() -> {
            try {
                fail(error, status, true);
            } catch (IllegalArgumentException e) {
                LOG.log(Level.ERROR, "the headers of failed call " + call + " cannot be sent", e);
                fail(error, status, false);
            }
        });
    }

    private void once(Runnable answer) {
        if (turn.takeLast()) {
            try {
                answer.run();
            } finally {
                turn.release();
            }
        }
    }

    private void fail(ApiError error, int status, boolean withHeaders) {
        lastWords.begin(call);
        WritableHeaders<?> headers = common();
        headers.set(JSON);
        if (withHeaders) {
            addOwn(headers);
        }
        byte[] body = json.error(error, call);
        send(status, headers, body, 0, body.length);
    }

    private WritableHeaders<?> common() {
        WritableHeaders<?> headers = WritableHeaders.create();
        headers.set(Fields.REQUEST_ID, call.requestId());
        headers.set(ACCEPTED);
        return headers;
    }

    /** The headers of the handler, and its trailers, which a unary answer has in front. */
    private void addOwn(WritableHeaders<?> headers) {
        Fields.addFree(headers, call.answer().headers());
        for (Answer.Field field : call.answer().trailers()) {
            if (Fields.free(field.name())) {
                Fields.add(headers, new Answer.Field("trailer-" + field.name(), field.value()));
            }
        }
    }

    private void send(int status, WritableHeaders<?> headers, byte[] bytes, int from, int to) {
        try {
            stream.headers(status, headers, false);
            call.answered(status);
            stream.data(bytes, from, to - from, true);
        } catch (StreamGoneException e) {
            if (!stream.gone()) {
                stream.reset(CANCEL);
            }
            call.cancel(e.cause(stream)); // nobody is left to read it
        }
    }
}
