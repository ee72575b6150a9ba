package dev.tandem.runtime.hosting;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Handler;
import dev.tandem.runtime.call.Sink;
import dev.tandem.runtime.call.Source;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs the protocol of grpc-java's server calls within one blocking handler: the call's thread
 * tells the listener what comes and waits, however the service completes.
 *
 * @param <Q> the request message
 * @param <R> the response message
 */
final class HostedHandler<Q extends Message, R extends Message> implements Handler<Q, R> {
    private static final Logger LOG = System.getLogger(HostedHandler.class.getName());

    private final ServerMethodDefinition<Q, R> method;
    private final ScheduledExecutorService deadlines;

    HostedHandler(ServerMethodDefinition<Q, R> method, ScheduledExecutorService deadlines) {
        this.method = method;
        this.deadlines = deadlines;
    }

    @Override
    public void handle(Source<Q> source, Sink<R> sink, Call call) throws Exception {
        Context.CancellableContext context = context(call);
        Runnable cancel = () -> context.cancel(new StatusException(Status.CANCELLED));
        try (var _ = call.onCancel(() -> Thread.startVirtualThread(cancel))) {
            context.call(() -> {
                new Run(sink, call).run(source);
                return null;
            });
        } finally {
            context.cancel(null);
        }
    }

    private Context.CancellableContext context(Call call) {
        Optional<Duration> left = call.remaining();
        return left.isEmpty()
                ? Context.ROOT.withCancellation()
                : Context.ROOT.withDeadline(
                        Deadline.after(left.get().toNanos(), TimeUnit.NANOSECONDS), deadlines);
    }

    /** One call. */
    private final class Run {
        private final Call call;
        private final Sink<R> sink;
        private final Outbox<R> outbox;
        private final HostedCall<Q, R> hosted;
        private final Callbacks callbacks = new Callbacks();

        Run(Sink<R> sink, Call call) {
            this.call = call;
            this.sink = sink;
            Context context = Context.current();
            outbox = new Outbox<>(sink, context.wrap(this::tellReady), this::abortSending);
            hosted = new HostedCall<>(method.getMethodDescriptor(), call, outbox);
        }

        void run(Source<Q> source) throws Exception {
            ServerCall.Listener<Q> listener = null;
            boolean done = false;
            try (var _ = call.onCancel(outbox::cut)) {
                Metadata headers = HostedMetadata.of(call.head());
                listener = method.getServerCallHandler().startCall(hosted, headers);
                callbacks.listener(listener);
                callbacks.ready();
                deliver(source, listener);
                finish(hosted.awaitEnd());
                done = true;
            } catch (StatusRuntimeException e) {
                throw failed(e.getStatus(), e.getTrailers());
            } finally {
                outbox.abandon();
                tellEnd(listener, done);
            }
        }

        private void deliver(Source<Q> source, ServerCall.Listener<Q> listener)
                throws InterruptedException {
            while (hosted.ended() == null) {
                // one message is taken before it is asked for, so that the end is not missed
                Q message = receive(source);
                if (hosted.ended() != null) {
                    return;
                }
                if (message == null) {
                    callbacks.run(listener::onHalfClose);
                    return;
                }
                if (hosted.awaitDemand()) {
                    callbacks.run(() -> listener.onMessage(message));
                }
            }
        }

        private @Nullable Q receive(Source<Q> source) throws InterruptedException {
            try {
                return hosted.beginReading() ? source.next() : null;
            } catch (InterruptedException e) {
                if (hosted.ended() == null || call.cancelled() != null) {
                    throw e;
                }
                return null;
            } finally {
                hosted.endReading();
            }
        }

        private void finish(HostedCall.End end) throws InterruptedException {
            if (end.failure() != null) {
                throw end.failure();
            }
            R only = hosted.only();
            if (end.status().isOk() && only != null) {
                sink.send(only);
            }
            outbox.finish();
            if (!end.status().isOk()) {
                throw failed(end.status(), end.trailers());
            }
            HostedMetadata.write(end.trailers(), call.answer()::trailer);
        }

        private RuntimeException failed(Status status, @Nullable Metadata trailers) {
            if (trailers != null) {
                HostedMetadata.write(trailers, call.answer()::trailer);
            }
            ApiError error = HostedStatus.toError(status, trailers);
            return error.toException();
        }

        @SuppressWarnings("IllegalCatch") // what a listener throws at the end changes nothing
        private void tellEnd(ServerCall.@Nullable Listener<Q> listener, boolean done) {
            if (listener == null) {
                return;
            }
            Thread.interrupted(); // was meant for what is over now
            boolean complete = done || (hosted.ended() != null && !hosted.isCancelled());
            try {
                callbacks.run(complete ? listener::onComplete : listener::onCancel);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "a listener failed when told the end of call " + call, e);
            }
        }

        @SuppressWarnings("IllegalCatch") // is thrown again on the call's own thread
        private void tellReady() {
            try {
                callbacks.ready();
            } catch (RuntimeException e) {
                hosted.fail(e);
            }
        }

        private void abortSending() {
            hosted.close(Status.CANCELLED, new Metadata());
        }
    }
}
