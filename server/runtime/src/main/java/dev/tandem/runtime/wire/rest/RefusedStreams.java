package dev.tandem.runtime.wire.rest;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.wire.connection.OwnedStream;
import dev.tandem.runtime.wire.connection.RefusedRequest;
import dev.tandem.runtime.wire.connection.StreamHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.WritableHeaders;

/** Answers the HTTP/2 requests that the wire refused by itself; all others go on. */
final class RefusedStreams implements StreamHandler {
    private final RefusedCalls refused;
    private final StreamHandler next;

    RefusedStreams(RefusedCalls refused, StreamHandler next) {
        this.refused = refused;
        this.next = next;
    }

    @Override
    public void handle(OwnedStream stream) throws InterruptedException {
        RefusedRequest request = stream.refused();
        if (request == null) {
            next.handle(stream);
            return;
        }
        String id = refused.told(request);
        ApiError error = request.error();
        byte[] json = ErrorJson.of(error, id);
        WritableHeaders<?> headers = WritableHeaders.create();
        headers.set(HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/json"));
        headers.set(HeaderValues.create(HeaderNames.CONTENT_LENGTH, json.length));
        headers.set(HeaderValues.create(Reply.REQUEST_ID, id));
        stream.headers(error.code().http(), headers, false);
        stream.data(json, 0, json.length, true);
    }
}
