package dev.tandem.testing;

import com.google.protobuf.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call whose answer is JSON, whole or in events or lines. */
final class HttpOpenCall<R extends Message> implements OpenCall<R> {
    private static final String DATA = "data:";

    private final Wire wire;
    private final HttpExchange exchange;
    private final HttpBinding binding;
    private final R prototype;
    private final String doneMark;
    private final List<R> messages = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private @Nullable Failure failure;
    private boolean done;
    private boolean ended;

    /**
     * @param prototype the default instance of the response message
     */
    HttpOpenCall(Wire wire, HttpExchange exchange, HttpBinding binding, R prototype) {
        this.wire = wire;
        this.exchange = exchange;
        this.binding = binding;
        this.prototype = prototype;
        this.doneMark = binding.done();
    }

    @Override
    public @Nullable R next() {
        try {
            return read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable R read() throws IOException {
        if (exchange.status() != wire.ok() || !wire.streams()) {
            return ended ? null : whole();
        }
        while (!ended) {
            String line = Lines.nextOrEnd(exchange.body());
            if (line == null) {
                ended = true;
                break;
            }
            lines.add(line);
            R message = ofLine(line);
            if (message != null) {
                return message;
            }
        }
        return null;
    }

    private @Nullable R whole() throws IOException {
        ended = true;
        InputStream body = exchange.body();
        String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
        lines.addAll(text.lines().toList());
        if (exchange.status() == wire.ok()) {
            return message(text);
        }
        failure = new HttpReply(exchange.status(), exchange.headers(), text).failure();
        return null;
    }

    private @Nullable R ofLine(String line) {
        boolean events = wire.format() == Wire.Format.SSE;
        if (line.isEmpty() || (events && !line.startsWith(DATA))) {
            return null; // an event's end, a comment, a field that carries no message
        }
        String data = events ? line.substring(DATA.length()).strip() : line;
        if (!doneMark.isEmpty() && data.equals(doneMark)) {
            done = true;
            return null;
        }
        Failure last = data.startsWith("{\"error\"") ? ErrorJson.parse(data) : null;
        if (last != null) {
            failure = last;
            return null;
        }
        return message(data);
    }

    private R message(String json) {
        R message = binding.read(json, prototype);
        messages.add(message);
        return message;
    }

    @Override
    public Reply<R> rest() {
        R message = next();
        while (message != null) {
            message = next();
        }
        try {
            return new Reply<>(
                    wire, exchange.status(), exchange.headers(), messages, failure, done, lines);
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
