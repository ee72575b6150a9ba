package dev.tandem.testing;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call over a WebSocket; the client's messages are JSON. */
final class SocketOpenCall<Q extends Message, R extends Message> implements Conversation<Q, R> {
    private final int port;
    private final HttpBinding binding;
    private final Caller caller;
    private final R prototype;
    private final List<R> messages = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private @Nullable SocketConnection connection; // null until the path is known
    private @Nullable Failure failure;
    private boolean through; // with its own messages
    private int status; // 0 until the end

    private SocketOpenCall(int port, HttpBinding binding, Caller caller, R prototype) {
        this.port = port;
        this.binding = binding;
        this.caller = caller;
        this.prototype = prototype;
    }

    /**
     * Begins a call: at once, or with its first message where the path needs it.
     *
     * @param prototype the default instance of the response message
     */
    static <Q extends Message, R extends Message> SocketOpenCall<Q, R> open(
            int port, HttpBinding binding, Caller caller, R prototype) {
        SocketOpenCall<Q, R> call = new SocketOpenCall<>(port, binding, caller, prototype);
        if (!binding.variable()) {
            call.connect(binding.path());
        }
        return call;
    }

    private SocketConnection connect(String target) {
        try {
            SocketConnection asked = SocketConnection.ask(port, target, caller);
            connection = asked;
            return asked;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SocketConnection connected() {
        if (connection == null) {
            throw new IllegalStateException(
                    "the path is filled from the first message; send one first");
        }
        return connection;
    }

    @Override
    public void send(Q message) {
        if (through) {
            throw new IllegalStateException("a message behind finish()");
        }
        SocketConnection open = connection == null ? connect(binding.path(message)) : connection;
        send(open, binding.text(message));
    }

    @Override
    public void finish() {
        through = true;
        send(connected(), "");
    }

    private static void send(SocketConnection open, String text) {
        try {
            if (open.accepted()) { // otherwise next() tells why not
                open.send(SocketFrame.text(text));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public @Nullable R next() {
        if (status != 0) {
            return null;
        }
        try {
            return read(connected());
        } catch (SocketTimeoutException e) {
            throw new IllegalStateException("nothing came for " + Patience.LIMIT, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable R read(SocketConnection open) throws IOException {
        if (!open.accepted()) {
            refused(open.refusal());
            return null;
        }
        while (true) {
            switch (open.next()) {
                case SocketMessage.Text(String json) -> {
                    lines.add(json);
                    if (!isError(json, open.headers())) {
                        return kept(binding.read(json, prototype));
                    }
                }
                case SocketMessage.Binary(byte[] bytes) -> {
                    return kept(parsed(bytes));
                }
                case SocketMessage.Close close -> {
                    ended(close);
                    return null;
                }
            }
        }
    }

    private void refused(HttpReply refusal) {
        status = refusal.status();
        failure = refusal.failure();
        lines.addAll(refusal.body().lines().toList());
    }

    /** A message may have a field {@code error}, but not this call's id in it. */
    private boolean isError(String json, Map<String, List<String>> headers) {
        Failure told = json.startsWith("{\"error\"") ? ErrorJson.parse(json) : null;
        if (told == null
                || !headers.getOrDefault("x-request-id", List.of()).contains(told.requestId())) {
            return false;
        }
        failure = told;
        return true;
    }

    private void ended(SocketMessage.Close close) {
        lines.add(("close " + close.code() + " " + close.reason()).strip());
        status = close.status();
        if (close.good() != (failure == null)) {
            throw new IllegalStateException("the error and the end do not agree: " + lines);
        }
    }

    @SuppressWarnings("unchecked") // the prototype's parser makes what the prototype is
    private R parsed(byte[] bytes) {
        try {
            return (R) prototype.getParserForType().parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the server sent what is no message", e);
        }
    }

    private R kept(R message) {
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
                    Wire.WEBSOCKET, status, connected().headers(), messages, failure, false, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long leave() {
        long now = System.nanoTime();
        if (connection != null) {
            connection.leave();
        }
        return now;
    }
}
