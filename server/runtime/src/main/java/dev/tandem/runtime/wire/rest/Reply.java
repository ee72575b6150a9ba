package dev.tandem.runtime.wire.rest;

import dev.tandem.runtime.call.Answer;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.CancelledException;
import dev.tandem.runtime.wire.connection.Peer;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The response of one call: everything that leaves goes through here. */
final class Reply {
    static final HeaderName REQUEST_ID = HeaderNames.create("x-request-id");

    private static final Header VARY =
            HeaderValues.createCached(HeaderNames.VARY, "accept-encoding");

    /** In bytes; below it packing costs more than it saves. */
    private static final int WORTH_PACKING = 1024;

    private static final HeaderName ACCEL_BUFFERING = HeaderNames.create("x-accel-buffering");

    /** Between the last byte of an answer and the end of its connection. */
    private static final Duration LINGER = Duration.ofMillis(200);

    private final ServerRequest request;
    private final ServerResponse response;
    private final Call call;
    private final Timers timers;
    private final SocketWrites writes;
    private @Nullable EventBatch batch; // of a stream

    Reply(ServerRequest request, ServerResponse response, Call call, Timers timers) {
        this.request = request;
        this.response = response;
        this.call = call;
        this.timers = timers;
        this.writes = new SocketWrites(call, () -> Peer.whyGone(request), timers);
        response.header(REQUEST_ID, call.requestId());
    }

    /** Is only the head of the answer wanted? */
    boolean headOnly() {
        return request.prologue().method().equals(Method.HEAD);
    }

    /**
     * Sends a whole answer.
     *
     * @throws CancelledException when the client is gone
     */
    void send(int status, String mediaType, byte[] bytes, int length) {
        addHeaders();
        status(status);
        response.header(HeaderNames.CONTENT_TYPE, mediaType);
        byte[] packed = length < WORTH_PACKING ? null : packed(bytes, length);
        byte[] body = packed == null ? bytes : packed;
        int size = packed == null ? length : packed.length;
        writes.run(() -> {
            if (headOnly()) {
                response.header(HeaderValues.create(HeaderNames.CONTENT_LENGTH, size));
                response.send();
            } else {
                response.send(body, 0, size);
            }
        });
    }

    /** Null where the client wants it otherwise, or it would not help. */
    private byte @Nullable [] packed(byte[] bytes, int length) {
        if (response.headers().contains(HeaderNames.CONTENT_ENCODING)) {
            return null;
        }
        response.headers().add(VARY);
        List<String> wanted = request.headers().values(HeaderNames.ACCEPT_ENCODING);
        if (ContentCoding.forAnswer(wanted) != ContentCoding.GZIP) {
            return null;
        }
        byte[] packed = Gzip.packed(bytes, length);
        if (packed.length >= length) {
            return null;
        }
        response.header(HeaderNames.CONTENT_ENCODING, "gzip");
        return packed;
    }

    /**
     * Sends the head of a stream, for those who want nothing else. It has no length, which Helidon
     * would tell of an answer that is whole at once.
     */
    void sendHead(EventFormat format) {
        addHeaders();
        streamHeaders(format);
        writes.run(() -> {
            if (isHttp1()) {
                response.header(HeaderValues.TRANSFER_ENCODING_CHUNKED);
                Peer.headOnly(request);
                response.send();
            } else {
                OutputStream nothing = response.outputStream();
                nothing.write(new byte[0]);
                nothing.flush();
                nothing.close();
                commit();
            }
        });
    }

    private void status(int status) {
        response.status(Status.create(status));
        call.answered(status);
    }

    /** Answers that there is nothing to say but the headers. */
    void sendNothing(String allow) {
        response.header(HeaderNames.ALLOW, allow);
        status(Status.NO_CONTENT_204.code());
        writes.run(response::send);
    }

    /** Answers with headers alone. */
    void sendBare(int status) {
        addHeaders();
        status(status);
        writes.run(response::send);
    }

    /** Sends an error as the whole answer. */
    void sendError(ApiError error) {
        call.failed(error);
        if (error.retryAfter() != null) {
            long seconds = ErrorJson.seconds(error.retryAfter());
            response.header(HeaderNames.RETRY_AFTER, String.valueOf(seconds));
        }
        byte[] json = ErrorJson.of(error, call.requestId());
        if (isHttp1() || call.cancelled() == null) { // whose time is up is not read to its end
            Leftover.of(request).before(response);
        }
        send(error.code().http(), "application/json", json, json.length);
    }

    /**
     * Says, as an error to come must, that the path speaks WebSocket (RFC 9110, section 15.5.22).
     */
    void offerUpgrade() {
        if (isHttp1()) { // HTTP/2 has no such headers
            response.header(HeaderNames.UPGRADE, "websocket");
            response.header(HeaderNames.CONNECTION, "Upgrade");
        }
    }

    /** Over HTTP/1.1 the connection ends with this answer. */
    void closeConnection() {
        if (isHttp1()) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
    }

    /** Did the answer say that the connection ends? Helidon 4.5.0 says so and then reads on. */
    boolean endsConnection() {
        return isHttp1() && response.headers().containsToken(HeaderValues.CONNECTION_CLOSE);
    }

    /**
     * Ends an HTTP/1.1 connection whose call's thread is still busy, soon after the answer: a
     * client that sends at this moment shall read the answer before it meets the end.
     */
    void endConnection() {
        if (isHttp1()) {
            timers.later(
                    LINGER,
                    () -> Thread.ofVirtual().name("http1-end").start(() -> Peer.end(request)));
        }
    }

    boolean isHttp1() {
        return request.prologue().protocolVersion().startsWith("1");
    }

    /** Adds a header to what is sent next. */
    void header(HeaderName name, String value) {
        response.header(name, value);
    }

    /** Begins a stream; nothing leaves yet. */
    OutputStream open(EventFormat format) {
        addHeaders();
        streamHeaders(format);
        return response.outputStream();
    }

    private void streamHeaders(EventFormat format) {
        status(Status.OK_200.code());
        response.header(HeaderNames.CONTENT_TYPE, format.mediaType());
        response.header(HeaderNames.CACHE_CONTROL, "no-cache");
        response.header(ACCEL_BUFFERING, "no");
    }

    /**
     * Writes an event to a stream; it may still be on its way when this returns. Nothing is kept of
     * the array.
     *
     * @throws CancelledException when the client is gone
     */
    void write(OutputStream stream, byte[] bytes, int length) {
        batch(stream).send(bytes, length);
    }

    /**
     * Keeps an event until {@link #leave}, the next write or the end of the stream; not for ever
     * where many are kept. Nothing is kept of the array.
     *
     * @throws CancelledException when the client is gone
     */
    void keep(OutputStream stream, byte[] bytes, int length) {
        batch(stream).keep(bytes, length);
    }

    /**
     * Writes what was kept.
     *
     * @throws CancelledException when the client is gone
     */
    void leave(OutputStream stream) {
        batch(stream).leave();
    }

    /** Ends a stream. */
    void close(OutputStream stream) {
        batch(stream).finish();
        writes.run(() -> {
            stream.close();
            commit();
        });
    }

    private EventBatch batch(OutputStream stream) {
        EventBatch known = batch;
        if (known == null) {
            known = new EventBatch(writes, stream);
            batch = known;
        }
        return known;
    }

    private void commit() throws IOException {
        if (response instanceof RoutingResponse routing) {
            routing.commit();
        }
    }

    /** Adds what policies and the handler have for the answer. Those of one name are all sent. */
    void addHeaders() {
        Set<String> seen = new HashSet<>();
        for (Answer.Field field : call.answer().headers()) {
            HeaderName name = HeaderNames.create(field.name());
            if (seen.add(field.name())) {
                response.header(name, field.value());
            } else {
                response.headers().add(HeaderValues.create(name, field.value()));
            }
        }
    }
}
