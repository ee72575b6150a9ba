package dev.tandem.runtime.hosting;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.Call;
import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a service of grpc-java's sees of its call. Any thread may use it, as the service likes; the
 * call's own thread waits here for what the service decides.
 *
 * @param <Q> the request message
 * @param <R> the response message
 */
final class HostedCall<Q extends Message, R extends Message> extends ServerCall<Q, R> {
    /**
     * How the service ended its call.
     *
     * @param failure a defect instead of a decision, or null
     */
    record End(Status status, Metadata trailers, @Nullable RuntimeException failure) {}

    private final MethodDescriptor<Q, R> method;
    private final Call call;
    private final Outbox<R> outbox;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long requested;
    private long sent;
    private @Nullable R only;
    private @Nullable End end;
    private @Nullable Thread reader; // while it waits for the client

    HostedCall(MethodDescriptor<Q, R> method, Call call, Outbox<R> outbox) {
        this.method = method;
        this.call = call;
        this.outbox = outbox;
    }

    @Override
    public void request(int messages) {
        lock.lock();
        try {
            requested += messages;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void sendHeaders(Metadata headers) {
        HostedMetadata.write(headers, call.answer()::header);
    }

    @Override
    public void sendMessage(R message) {
        lock.lock();
        try {
            if (end != null) {
                return; // as grpc-java: what comes after the end is dropped
            }
            sent++;
            if (method.getType().serverSendsOneMessage()) {
                if (sent > 1) {
                    fail(new IllegalStateException("a second message was sent by " + call));
                }
                only = message;
                return;
            }
        } finally {
            lock.unlock();
        }
        outbox.send(message);
    }

    @Override
    public void close(Status status, Metadata trailers) {
        end(new End(status, trailers, null));
    }

    /** Ends the call with a defect of the service's. */
    void fail(RuntimeException failure) {
        end(new End(Status.INTERNAL, new Metadata(), failure));
    }

    private void end(End how) {
        lock.lock();
        try {
            if (end != null) {
                return;
            }
            end = how;
            changed.signalAll();
            if (reader != null) {
                reader.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The calling thread is about to wait for the client; false where the call has ended. */
    boolean beginReading() {
        lock.lock();
        try {
            reader = Thread.currentThread();
            return end == null;
        } finally {
            lock.unlock();
        }
    }

    /** The calling thread has waited; an end that came up interrupts it no more. */
    void endReading() {
        lock.lock();
        try {
            reader = null;
            if (end != null) {
                Thread.interrupted();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the service asks for a message; false where it ended the call instead. */
    boolean awaitDemand() throws InterruptedException {
        lock.lock();
        try {
            while (requested == 0 && end == null) {
                changed.await();
            }
            requested--;
            return end == null;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the service has ended the call. */
    End awaitEnd() throws InterruptedException {
        lock.lock();
        try {
            while (end == null) {
                changed.await();
            }
            return end;
        } finally {
            lock.unlock();
        }
    }

    /** How the call ended; null while it runs. */
    @Nullable End ended() {
        lock.lock();
        try {
            return end;
        } finally {
            lock.unlock();
        }
    }

    /** The message of a unary answer, or null. */
    @Nullable R only() {
        lock.lock();
        try {
            return only;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isReady() {
        return ended() == null && !isCancelled() && outbox.ready();
    }

    @Override
    public boolean isCancelled() {
        return call.cancelled() != null;
    }

    @Override
    public MethodDescriptor<Q, R> getMethodDescriptor() {
        return method;
    }

    @Override
    public @Nullable String getAuthority() {
        return call.head().header("host").orElse(null);
    }

    @Override
    public Attributes getAttributes() {
        return Attributes.newBuilder()
                .set(Grpc.TRANSPORT_ATTR_REMOTE_ADDR, call.head().peer())
                .build();
    }
}
