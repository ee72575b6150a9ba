package dev.tandem.remote;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One call to another server with one request. Its messages are taken by one thread; no more than a
 * few are held for it, the rest waits at the server. {@link #cancel} is for all threads.
 *
 * @param <R> the answer's messages
 */
final class Exchange<R> implements AutoCloseable {
    /** Messages that may wait here for the reader. */
    private static final int AHEAD = 8;

    private sealed interface Event<R> {
        record Item<R>(R message) implements Event<R> {}

        record End<R>(Status status, Metadata trailers) implements Event<R> {}
    }

    private final ClientCall<?, R> wire;
    private final BlockingQueue<Event<R>> events = new LinkedBlockingQueue<>();
    private int taken; // since the server was last told

    private Exchange(ClientCall<?, R> wire) {
        this.wire = wire;
    }

    /** Sends the request; waits for nothing. */
    static <Q, R> Exchange<R> begin(
            Channel channel,
            MethodDescriptor<Q, R> method,
            Q request,
            CallOptions options,
            Metadata headers) {
        ClientCall<Q, R> wire = channel.newCall(method, options);
        Exchange<R> exchange = new Exchange<>(wire);
        wire.start(exchange.new Listener(), headers);
        wire.request(AHEAD);
        wire.sendMessage(request);
        wire.halfClose();
        return exchange;
    }

    /**
     * The next message, or null where the answer is complete.
     *
     * @param patience how long to wait; null for ever
     * @throws StatusException where the call failed, was cancelled too
     * @throws TimeoutException where nothing came
     */
    @Nullable R next(@Nullable Duration patience)
            throws InterruptedException, StatusException, TimeoutException {
        Event<R> event =
                patience == null
                        ? events.take()
                        : events.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        return switch (event) {
            case null -> throw new TimeoutException();
            case Event.Item<R>(R message) -> {
                goOn();
                yield message;
            }
            case Event.End<R>(Status status, Metadata trailers) -> {
                if (!status.isOk()) {
                    throw new StatusException(status, trailers);
                }
                yield null;
            }
        };
    }

    /** Each word to the transport wakes its thread: not for every message. */
    private void goOn() {
        taken++;
        if (taken == AHEAD / 2) {
            wire.request(taken);
            taken = 0;
        }
    }

    /** Ends the call at the server too; whoever waits for a message gets the status CANCELLED. */
    void cancel() {
        wire.cancel("nobody waits for the answer any more", null);
    }

    /** Ends what has not ended. */
    @Override
    public void close() {
        cancel();
    }

    /** Runs on the transport's thread, and never waits. */
    private final class Listener extends ClientCall.Listener<R> {
        @Override
        public void onMessage(R message) {
            events.add(new Event.Item<>(message));
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            events.add(new Event.End<>(status, trailers));
        }
    }
}
