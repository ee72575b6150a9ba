package dev.tandem.client;

import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The messages of an answer as they come. {@link #close} ends the call, and the server's work for
 * it, wherever it is:
 *
 * <pre>{@code
 * try (MessageStream<ChatChunk> stream = client.stream(method, request)) {
 *     for (ChatChunk chunk : stream) { … }
 * }
 * }</pre>
 *
 * <p>A reader that is slow makes the server slow: one message is held for it, and what the
 * connection has room for. Interrupting the reading thread ends the call: {@link TandemException}
 * with code CANCELLED, and the thread stays interrupted.
 *
 * <p>Read by one thread at a time, once; closed by any.
 *
 * @param <A> the messages
 */
public final class MessageStream<A> implements Iterable<A>, AutoCloseable {
    private final Connection connection;
    private final CallOptions options;
    private final Supplier<Attempt<A>> attempts;
    private final Messages messages = new Messages();
    private volatile Attempt<A> attempt;
    private final CountDownLatch closed = new CountDownLatch(1);

    private MessageStream(
            Connection connection, CallOptions options, Supplier<Attempt<A>> attempts) {
        this.connection = connection;
        this.options = options;
        this.attempts = attempts;
        attempt = attempts.get();
    }

    /** Sends the request. */
    static <Q, A> MessageStream<A> open(
            Connection connection,
            CallSettings settings,
            MethodDescriptor<Q, A> method,
            Q request) {
        CallOptions options = settings.options();
        return new MessageStream<>(
                connection,
                options,
                () -> connection.attempt(method, options, settings.copy(), request));
    }

    /**
     * The messages that are still to come, always by the same iterator. Its methods wait for the
     * server.
     *
     * @throws TandemException by its methods, where the call fails or the stream was closed
     */
    @Override
    public Iterator<A> iterator() {
        return messages;
    }

    /** Ends the call, unless it has come to its end. */
    @Override
    public void close() {
        closed.countDown();
        attempt.cancel("The stream was closed.", null);
    }

    /** The one message of an answer that is no stream. */
    A only() {
        if (!messages.hasNext()) {
            throw TandemException.ours(
                    Status.Code.INTERNAL, "The server ended the call without an answer.", null);
        }
        A answer = messages.next();
        if (messages.hasNext()) {
            close();
            throw TandemException.ours(
                    Status.Code.INTERNAL, "The server gave more than one answer.", null);
        }
        return answer;
    }

    private final class Messages implements Iterator<A> {
        private @Nullable A next;
        private boolean begun;
        private boolean ended;
        private int made = 1;

        @Override
        public boolean hasNext() {
            if (next == null && !ended) {
                next = fetch();
                ended = next == null;
            }
            return next != null;
        }

        @Override
        public A next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException("The stream has ended.");
            }
            A message = next;
            next = null;
            attempt.more();
            return message;
        }

        private @Nullable A fetch() {
            try {
                return fetchOrRepeat();
            } catch (InterruptedException e) {
                ended = true;
                attempt.cancel("The reading thread was interrupted.", e);
                Thread.currentThread().interrupt();
                throw TandemException.ours(
                        Status.Code.CANCELLED, "The reading thread was interrupted.", e);
            } catch (TandemException e) {
                ended = true;
                throw e;
            }
        }

        private @Nullable A fetchOrRepeat() throws InterruptedException {
            while (true) {
                try {
                    A message = attempt.next();
                    if (!begun) {
                        begun = true;
                        connection.answered();
                    }
                    return message;
                } catch (TandemException e) {
                    repeat(e);
                }
            }
        }

        private void repeat(TandemException failure) throws InterruptedException {
            if (connection.closed()) {
                throw closedBefore(failure);
            }
            if (begun || closed.getCount() == 0) {
                throw failure;
            }
            if (ends(connection.pauseAfter(failure, made, options))) {
                throw closedBefore(failure);
            }
            made++;
            attempt = attempts.get();
            if (closed.getCount() == 0) {
                attempt.cancel("The stream was closed.", null);
            }
        }

        private static TandemException closedBefore(TandemException failure) {
            return TandemException.ours(
                    Status.Code.CANCELLED, "It was closed before the call's end.", failure);
        }

        /** Waits so long; true where the stream or its client is closed before. */
        private boolean ends(Duration pause) throws InterruptedException {
            Runnable end = closed::countDown;
            connection.whenClosed(end);
            try {
                return closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
            } finally {
                connection.forget(end);
            }
        }
    }
}
