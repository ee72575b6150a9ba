package dev.tandem.runtime.wire.rest;

import io.helidon.common.uri.UriQuery;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.ServerResponseTrailers;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/**
 * A response of which only the head leaves, with the length that the body would have had. Helidon
 * 4.5.0 sends the body behind a HEAD, too, which over HTTP/1.1 is taken for the next answer.
 */
final class HeadOnly implements ServerResponse {
    /** What Helidon makes of a text that was given no type. */
    private static final Header TEXT =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/plain; charset=UTF-8");

    private final ServerResponse response;

    HeadOnly(ServerResponse response) {
        this.response = response;
    }

    @Override
    public void send(byte[] bytes) {
        end(bytes.length);
    }

    @Override
    public void send(byte[] bytes, int position, int length) {
        end(length);
    }

    @Override
    public void send() {
        response.send();
    }

    @Override
    public void send(Object entity) {
        switch (entity) {
            case byte[] bytes -> end(bytes.length);
            case String text -> {
                response.headers().setIfAbsent(TEXT);
                end(text.getBytes(StandardCharsets.UTF_8).length);
            }
            default -> response.send(); // its length only a media support would know
        }
    }

    @Override
    public OutputStream outputStream() {
        return new OutputStream() {
            private long length;

            @Override
            public void write(int b) {
                length++;
            }

            @Override
            public void write(byte[] bytes, int from, int count) {
                length += count;
            }

            @Override
            public void close() {
                if (!response.isSent()) {
                    end(length);
                }
            }
        };
    }

    private void end(long length) {
        if (!response.headers().contains(HeaderNames.CONTENT_LENGTH)) {
            response.header(HeaderValues.create(HeaderNames.CONTENT_LENGTH, length));
        }
        response.send();
    }

    @Override
    public ServerResponse status(Status status) {
        response.status(status);
        return this;
    }

    @Override
    public Status status() {
        return response.status();
    }

    @Override
    public ServerResponse header(Header header) {
        response.header(header);
        return this;
    }

    @Override
    public boolean isSent() {
        return response.isSent();
    }

    @Override
    public long bytesWritten() {
        return response.bytesWritten();
    }

    @Override
    public ServerResponse whenSent(Runnable listener) {
        response.whenSent(listener);
        return this;
    }

    @Override
    public ServerResponse reroute(String path) {
        response.reroute(path);
        return this;
    }

    @Override
    public ServerResponse reroute(String path, UriQuery query) {
        response.reroute(path, query);
        return this;
    }

    @Override
    public ServerResponse next() {
        response.next();
        return this;
    }

    @Override
    public ServerResponseHeaders headers() {
        return response.headers();
    }

    @Override
    public ServerResponseTrailers trailers() {
        return response.trailers();
    }

    @Override
    public void streamResult(String result) {
        response.streamResult(result);
    }

    @Override
    public void streamFilter(UnaryOperator<OutputStream> filter) {
        // there is no body to filter
    }
}
