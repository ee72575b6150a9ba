package dev.tandem.runtime.wire.envelope;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.Answer;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.CancelledException;
import dev.tandem.runtime.call.Turn;
import dev.tandem.runtime.wire.connection.OwnedStream;
import dev.tandem.runtime.wire.connection.StreamGoneException;
import io.helidon.http.WritableHeaders;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer on its stream: headers, frames, and the end as the protocol has it. The headers leave
 * with the first message. The call's thread uses it, and a thread that ends the call where its
 * handler does not return.
 */
public final class Response {
    private static final Logger LOG = System.getLogger(Response.class.getName());
    private static final int OK = 200;
    private static final int CANCEL = 8; // RFC 9113, section 7

    private final OwnedStream stream;
    private final Call call;
    private final Protocol protocol;
    private final Format format;
    private final Turn turn;
    private final LastWords lastWords;
    private final FrameBuffer frame = new FrameBuffer();
    private @Nullable Codec codec;
    private int compressFromBytes = Integer.MAX_VALUE;
    private boolean announce;
    private boolean begun;
    private boolean cut; // within a frame
    private boolean bare; // the handler's headers cannot be sent

    Response(OwnedStream stream, Call call, Protocol protocol, Format format, LastWords lastWords) {
        this.lastWords = lastWords;
        this.stream = stream;
        this.call = call;
        this.protocol = protocol;
        this.format = format;
        this.turn = new Turn(call);
    }

    /** How messages are written. To be told before the first. */
    void codec(Codec messages) {
        codec = messages;
    }

    /**
     * The client takes compressed messages.
     *
     * @param fromBytes from which size on they are compressed
     * @param many whether many messages may follow the first: their encoding is announced then,
     *     whatever the first one's size
     */
    void compress(int fromBytes, boolean many) {
        compressFromBytes = fromBytes;
        announce = many && fromBytes < Integer.MAX_VALUE;
    }

    /** May a thread that sends here not be interrupted? */
    boolean endsByInterrupt() {
        return stream.endsByInterrupt();
    }

    /**
     * Sends a message; waits while the client does not read.
     *
     * @throws CancelledException when the call is over
     */
    void message(Message message) {
        if (codec == null) {
            throw new IllegalStateException("no codec for " + call);
        }
        turn.take();
        try {
            frame.fill(message, codec, compressFromBytes);
            begin();
            stream.data(frame.array(), 0, frame.length(), false);
        } catch (StreamGoneException e) {
            cut = true;
            throw over(e);
        } finally {
            frame.clear();
            turn.release();
        }
    }

    /**
     * Ends the answer, unless it has ended.
     *
     * @param error what went wrong, or null
     */
    void end(@Nullable ApiError error) {
        if (!turn.takeLast()) {
            return;
        }
        try {
            endOrSayWhy(error);
        } catch (StreamGoneException e) {
            if (!stream.gone()) {
                stream.reset(CANCEL);
            }
            call.cancel(e.cause(stream)); // nobody is left to read the status
        } finally {
            turn.release();
        }
    }

    private void endOrSayWhy(@Nullable ApiError error) {
        try {
            protocol.end(this, call, error);
        } catch (IllegalArgumentException e) {
            LOG.log(Level.ERROR, "the headers of call " + call + " cannot be sent", e);
            ApiError defect = ApiError.internal();
            call.failed(defect);
            protocol.end(this, call, defect);
        }
    }

    /** Have the headers been sent? */
    public boolean begun() {
        return begun;
    }

    /** Sends the headers, once. */
    public void begin() {
        if (begun) {
            return;
        }
        WritableHeaders<?> headers = common();
        headers.set(Fields.REQUEST_ID, call.requestId());
        if (announce || frame.compressed()) {
            headers.set(protocol.encodings().gzip());
        }
        if (!bare) {
            Fields.addFree(headers, call.answer().headers());
        }
        try {
            stream.headers(OK, headers, false);
            begun = true;
        } catch (IllegalArgumentException e) {
            bare = true;
            throw e;
        }
    }

    /** Ends with trailers of HTTP; where no headers went before, headers and trailers are one. */
    public void endWithTrailers(List<Answer.Field> fields) {
        WritableHeaders<?> trailers = begun ? WritableHeaders.create() : common();
        fields.forEach(field -> Fields.add(trailers, field));
        if (begun) {
            stream.trailers(trailers);
        } else {
            begun = true;
            stream.headers(OK, trailers, true);
        }
    }

    /**
     * Ends with a last frame. Where a message was broken off nothing can follow it: then the stream
     * is reset.
     *
     * @param flags of the frame
     */
    public void endWithFrame(int flags, byte[] payload) {
        if (cut) {
            stream.reset(CANCEL);
            return;
        }
        lastWords.begin(call);
        begin();
        frame.fill(flags, payload);
        stream.data(frame.array(), 0, frame.length(), true);
    }

    private WritableHeaders<?> common() {
        WritableHeaders<?> headers = WritableHeaders.create();
        headers.set(protocol.contentType(format));
        headers.set(protocol.encodings().accepted());
        return headers;
    }

    private CancelledException over(StreamGoneException gone) {
        switch (gone.reason()) {
            case ABORTED -> {} // by the call's own end
            case STALLED, RESET, CONNECTION_ENDED -> call.cancel(gone.cause(stream));
        }
        CancelCause cause = call.cancelled();
        return new CancelledException(cause == null ? CancelCause.CLIENT_LEFT : cause);
    }
}
