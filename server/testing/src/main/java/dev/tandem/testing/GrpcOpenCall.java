package dev.tandem.testing;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A gRPC call that asks for one message at a time. */
final class GrpcOpenCall<Q, R> implements Conversation<Q, R> {
    private sealed interface Event<R> {
        record Item<R>(R message) implements Event<R> {}

        record End<R>(Status status, Metadata trailers) implements Event<R> {}
    }

    private final ClientCall<Q, R> call;
    private final Receiver<R> receiver;
    private final List<R> messages = new ArrayList<>();
    private Event.@Nullable End<R> end;

    private GrpcOpenCall(ClientCall<Q, R> call, Receiver<R> receiver) {
        this.call = call;
        this.receiver = receiver;
    }

    /** Begins a call that has not sent anything yet. */
    static <Q, R> GrpcOpenCall<Q, R> open(
            Channel channel, MethodDescriptor<Q, R> method, Caller caller) {
        CallOptions options = CallOptions.DEFAULT;
        if (caller.timeout() != null) {
            options = options.withDeadlineAfter(caller.timeout().toNanos(), TimeUnit.NANOSECONDS);
        }
        Metadata headers = new Metadata();
        caller.headers()
                .forEach((name, value) ->
                        headers.put(
                                Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value));
        ClientCall<Q, R> call = channel.newCall(method, options);
        Receiver<R> receiver = new Receiver<>();
        call.start(receiver, headers);
        return new GrpcOpenCall<>(call, receiver);
    }

    @Override
    public void send(Q message) {
        call.sendMessage(message);
    }

    @Override
    public void finish() {
        call.halfClose();
    }

    @Override
    public @Nullable R next() {
        if (end != null) {
            return null;
        }
        call.request(1);
        switch (receiver.take()) {
            case Event.Item<R>(R message) -> {
                messages.add(message);
                return message;
            }
            case Event.End<R> last -> {
                end = last;
                return null;
            }
        }
    }

    @Override
    public Reply<R> rest() {
        R message = next();
        while (message != null) {
            message = next();
        }
        Event.End<R> last = end;
        if (last == null) {
            throw new IllegalStateException("the call has no end");
        }
        Map<String, List<String>> headers = new LinkedHashMap<>(receiver.headers);
        strings(last.trailers()).forEach(headers::putIfAbsent);
        return new Reply<>(
                Wire.GRPC,
                last.status().getCode().value(),
                headers,
                messages,
                GrpcErrors.parse(last.status(), last.trailers()),
                false,
                List.of());
    }

    @Override
    public long leave() {
        long now = System.nanoTime();
        call.cancel("the test leaves", null);
        return now;
    }

    private static Map<String, List<String>> strings(Metadata metadata) {
        Map<String, List<String>> strings = new LinkedHashMap<>();
        for (String name : metadata.keys()) {
            if (!name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
                List<String> values = new ArrayList<>();
                Iterable<String> all =
                        metadata.getAll(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
                if (all != null) {
                    all.forEach(values::add);
                }
                strings.put(name, values);
            }
        }
        return strings;
    }

    /** Runs on the channel's threads. */
    private static final class Receiver<R> extends ClientCall.Listener<R> {
        private final BlockingQueue<Event<R>> events = new LinkedBlockingQueue<>();
        private volatile Map<String, List<String>> headers = Map.of();

        @Override
        public void onHeaders(Metadata received) {
            headers = strings(received);
        }

        @Override
        public void onMessage(R message) {
            events.add(new Event.Item<>(message));
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            events.add(new Event.End<>(status, trailers));
        }

        Event<R> take() {
            try {
                Event<R> event = events.poll(Patience.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
                if (event == null) {
                    throw new IllegalStateException("nothing came for " + Patience.LIMIT);
                }
                return event;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }
}
