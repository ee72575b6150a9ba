package dev.tandem.runtime.wire.grpc;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.Answer;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.CancelledException;
import dev.tandem.runtime.wire.connection.OwnedStream;
import dev.tandem.runtime.wire.connection.StreamGoneException;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.WritableHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer on its stream: headers, frames, trailers. The headers leave with the first message;
 * where there is none, headers and trailers are one. Used by one thread at a time.
 */
final class Response {
    private static final int OK = 200;

    private final OwnedStream stream;
    private final Call call;
    private final int compressFromBytes;
    private final boolean announce;
    private final FrameBuffer frame = new FrameBuffer();
    private boolean begun;

    /**
     * @param compressFromBytes from which size on messages are compressed; the largest int where
     *     the client does not accept gzip
     * @param many whether many messages may follow the first: their encoding is announced then,
     *     whatever the first one's size
     */
    Response(OwnedStream stream, Call call, int compressFromBytes, boolean many) {
        this.stream = stream;
        this.call = call;
        this.compressFromBytes = compressFromBytes;
        this.announce = many && compressFromBytes < Integer.MAX_VALUE;
    }

    /**
     * Sends a message; waits while the client does not read.
     *
     * @throws CancelledException when the call is over
     */
    void message(Message message) {
        frame.fill(message, compressFromBytes);
        try {
            begin();
            stream.data(frame.array(), 0, frame.length(), false);
        } catch (StreamGoneException e) {
            throw over(e);
        } finally {
            frame.clear();
        }
    }

    /**
     * Ends the answer.
     *
     * @param error what went wrong, or null
     */
    void end(@Nullable ApiError error) {
        try {
            if (error == null && !begun && !call.answer().headers().isEmpty()) {
                begin();
            }
            WritableHeaders<?> trailers = WritableHeaders.create();
            if (!begun) {
                common(trailers);
            }
            add(trailers, StatusTrailers.of(error, call, !begun));
            if (begun) {
                stream.trailers(trailers);
            } else {
                begun = true;
                stream.headers(OK, trailers, true);
            }
        } catch (StreamGoneException e) {
            call.cancel(CancelCause.CLIENT_LEFT); // nobody is left to read the status
        }
    }

    private void begin() {
        if (begun) {
            return;
        }
        WritableHeaders<?> headers = WritableHeaders.create();
        common(headers);
        headers.set(Names.REQUEST_ID, call.requestId());
        if (announce || frame.compressed()) {
            headers.set(Names.GZIP_ENCODING);
        }
        add(
                headers,
                call.answer().headers().stream()
                        .filter(field -> Names.free(field.name()))
                        .toList());
        stream.headers(OK, headers, false);
        begun = true;
    }

    private static void common(WritableHeaders<?> headers) {
        headers.set(Names.GRPC_CONTENT);
        headers.set(Names.ACCEPTED_ENCODINGS);
    }

    private static void add(WritableHeaders<?> headers, List<Answer.Field> fields) {
        for (Answer.Field field : fields) {
            headers.add(HeaderValues.create(HeaderNames.create(field.name()), field.value()));
        }
    }

    private CancelledException over(StreamGoneException gone) {
        if (gone.reason() != StreamGoneException.Reason.ABORTED) {
            call.cancel(CancelCause.CLIENT_LEFT); // reset, disconnected, or no longer reading
        }
        CancelCause cause = call.cancelled();
        return new CancelledException(cause == null ? CancelCause.CLIENT_LEFT : cause);
    }
}
