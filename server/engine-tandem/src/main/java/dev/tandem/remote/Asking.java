package dev.tandem.remote;

import com.google.protobuf.Message;
import dev.tandem.engines.RunningCalls;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.Pipeline;
import dev.tandem.runtime.call.Sink;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Calls of the other server on behalf of calls of this one, each on its own call's thread: under
 * its deadline, and ended when it ends.
 */
final class Asking {
    /** Between the two servers' clocks, and their timers. */
    private static final Duration CLOCKS = Duration.ofMillis(100);

    private final TandemConnection connection;
    private final TandemSettings.Limits limits;
    private final RemoteErrors errors;
    private final RunningCalls running;

    Asking(TandemConnection connection, RemoteErrors errors) {
        this.connection = connection;
        this.limits = connection.settings().limits();
        this.errors = errors;
        running = new RunningCalls(errors::closed);
    }

    boolean closed() {
        return running.closed();
    }

    /** Ends running calls, and those that begin later. */
    void close() {
        running.close();
    }

    /** Waits for an answer of one message. */
    <Q extends Message, R extends Message> R whole(
            MethodDescriptor<Q, R> method, Q request, Call call) throws InterruptedException {
        AtomicReference<R> answer = new AtomicReference<>();
        stream(method, request, answer::set, call);
        return Optional.ofNullable(answer.get())
                .orElseThrow(() -> errors.broken("it sent no message"));
    }

    /** Hands on the answer's messages as they come. */
    <Q extends Message, R extends Message> void stream(
            MethodDescriptor<Q, R> method, Q request, Sink<R> sink, Call call)
            throws InterruptedException {
        if (attempt(method, request, sink, call, true)) {
            boolean _ = attempt(method, request, sink, call, false);
        }
    }

    /**
     * Asks once.
     *
     * @param again may it be asked again where the server did not take the call?
     * @return is it to be asked again?
     */
    private <Q extends Message, R extends Message> boolean attempt(
            MethodDescriptor<Q, R> method, Q request, Sink<R> sink, Call call, boolean again)
            throws InterruptedException {
        Exchange<R> exchange =
                Exchange.begin(
                        connection.channel(),
                        method,
                        request,
                        options(call),
                        connection.headers(call));
        try (exchange;
                RunningCalls.Running _ = running.begin(exchange::cancel);
                Call.Registration _ = call.onCancel(exchange::cancel)) {
            return pump(exchange, sink, call, again);
        }
    }

    private static CallOptions options(Call call) {
        call.check();
        return call.remaining()
                .map(left ->
                        CallOptions.DEFAULT.withDeadlineAfter(left.toNanos(), TimeUnit.NANOSECONDS))
                .orElse(CallOptions.DEFAULT);
    }

    private <R extends Message> boolean pump(
            Exchange<R> exchange, Sink<R> sink, Call call, boolean again)
            throws InterruptedException {
        boolean begun = false;
        long bytes = 0;
        try {
            R message = exchange.next(limits.first());
            while (message != null) {
                begun = true;
                bytes += message.getSerializedSize();
                if (bytes > limits.answer()) {
                    throw errors.broken("its answer is over the limit of bytes");
                }
                sink.send(message);
                message = exchange.next(limits.gap());
            }
            return false;
        } catch (StatusException e) {
            if (again && !begun && !running.closed() && NotTaken.tells(e.getStatus())) {
                return true;
            }
            running.checkBroken(call);
            throw failure(e, begun, call);
        } catch (TimeoutException _) {
            call.check();
            throw errors.late(begun ? "it did not go on with its answer" : "it did not answer");
        }
    }

    private ApiException failure(StatusException e, boolean begun, Call call)
            throws InterruptedException {
        boolean timeIsUp = call.remaining().filter(left -> left.compareTo(CLOCKS) < 0).isPresent();
        return e.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED && timeIsUp
                ? ofOwnLimit(call)
                : errors.of(e, begun);
    }

    /** The call's own time is up: whoever watches that cancels it, for the cause that it knows. */
    private static ApiException ofOwnLimit(Call call) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        try (Call.Registration _ = call.onCancel(over::countDown)) {
            boolean _ = over.await(2 * CLOCKS.toMillis(), TimeUnit.MILLISECONDS);
        }
        call.check();
        return Pipeline.ofCancel(CancelCause.DEADLINE).toException();
    }
}
