package dev.tandem.client;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One try at a call. One message is asked for at a time, so a reader that pauses makes the server
 * pause. Read by one thread; cancelled by any.
 *
 * @param <A> the answer's messages
 */
final class Attempt<A> {
    private final ClientCall<?, A> call;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private @Nullable A message; // guarded by lock; the one that was asked for
    private @Nullable Status end; // guarded by lock
    private Metadata headers = new Metadata(); // guarded by lock
    private Metadata trailers = new Metadata(); // guarded by lock

    private Attempt(ClientCall<?, A> call) {
        this.call = call;
    }

    /** Sends the request. */
    static <Q, A> Attempt<A> start(
            Channel channel,
            MethodDescriptor<Q, A> method,
            CallOptions options,
            Metadata headers,
            Q request) {
        // what the listener does never waits, so it needs no thread of its own
        ClientCall<Q, A> call = channel.newCall(method, options.withExecutor(Runnable::run));
        Attempt<A> attempt = new Attempt<>(call);
        call.start(attempt.new Listener(), headers);
        call.request(1);
        call.sendMessage(request);
        call.halfClose();
        return attempt;
    }

    /**
     * Waits for the next message.
     *
     * @return null at the good end
     * @throws TandemException where the call failed
     */
    @Nullable A next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (message == null && end == null) {
                news.await();
            }
            A taken = message;
            if (taken != null) {
                message = null;
                return taken;
            }
            if (end != null && !end.isOk()) {
                throw Failures.of(end, headers, trailers);
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** The message that {@link #next} returned was taken: there may be another. */
    void more() {
        call.request(1);
    }

    /** Ends the call, unless it has ended. The server stops its work. */
    void cancel(String why, @Nullable Throwable cause) {
        call.cancel(why, cause);
    }

    private final class Listener extends ClientCall.Listener<A> {
        @Override
        public void onHeaders(Metadata first) {
            lock.lock();
            try {
                headers = first;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void onMessage(A next) {
            lock.lock();
            try {
                message = next;
                news.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void onClose(Status status, Metadata last) {
            lock.lock();
            try {
                end = status;
                trailers = last;
                news.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
