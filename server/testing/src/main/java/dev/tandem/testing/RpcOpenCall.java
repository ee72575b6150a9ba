package dev.tandem.testing;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call by gRPC-Web or Connect. */
final class RpcOpenCall<R extends Message> implements OpenCall<R> {
    private static final int WEB_TRAILERS = 0x80;
    private static final int CONNECT_END = 0x02;
    private static final int HTTP_OK = 200;

    private final Wire wire;
    private final HttpExchange exchange;
    private final boolean alone;
    private final R prototype;
    private final List<R> messages = new ArrayList<>();
    private @Nullable RpcEnd end;

    /**
     * @param alone does the answer have no frames?
     * @param prototype the default instance of the response message
     */
    RpcOpenCall(Wire wire, HttpExchange exchange, boolean alone, R prototype) {
        this.wire = wire;
        this.exchange = exchange;
        this.alone = alone;
        this.prototype = prototype;
    }

    @Override
    public @Nullable R next() {
        if (end != null) {
            return null;
        }
        try {
            return alone ? whole() : framed();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable R whole() throws IOException {
        byte[] body = exchange.body().readAllBytes();
        if (exchange.status() == HTTP_OK) {
            end = RpcEnd.GOOD;
            return message(body);
        }
        end = ConnectErrors.ofBody(new String(body, StandardCharsets.UTF_8));
        return null;
    }

    private @Nullable R framed() throws IOException {
        DataInputStream in = new DataInputStream(exchange.body());
        if (exchange.status() != HTTP_OK) {
            throw new IllegalStateException(
                    "the answer is HTTP "
                            + exchange.status()
                            + ": "
                            + new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        int flags = in.read();
        if (flags < 0) {
            end = RpcEnd.ofTrailers(exchange.headers()); // no body: the status is above
            return null;
        }
        byte[] bytes = in.readNBytes(in.readInt());
        if (wire.format() == Wire.Format.CONNECT && (flags & CONNECT_END) != 0) {
            end = ConnectErrors.ofLastMessage(new String(bytes, StandardCharsets.UTF_8));
        } else if (wire.format() == Wire.Format.GRPC_WEB && (flags & WEB_TRAILERS) != 0) {
            end = RpcEnd.ofTrailers(new String(bytes, StandardCharsets.UTF_8));
        }
        return end == null ? message(bytes) : null;
    }

    @SuppressWarnings("unchecked") // the prototype's parser makes what the prototype is
    private R message(byte[] bytes) {
        try {
            R message = (R) prototype.getParserForType().parseFrom(bytes);
            messages.add(message);
            return message;
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the server sent what is no message", e);
        }
    }

    @Override
    public Reply<R> rest() {
        R message = next();
        while (message != null) {
            message = next();
        }
        RpcEnd last = end == null ? RpcEnd.GOOD : end;
        try {
            Map<String, List<String>> headers = new LinkedHashMap<>(exchange.headers());
            last.trailers().forEach(headers::putIfAbsent);
            return new Reply<>(
                    wire, last.code(), headers, messages, last.failure(), false, List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long leave() {
        long now = System.nanoTime();
        exchange.close();
        return now;
    }
}
