package dev.tandem.runtime.call;

import com.google.protobuf.Message;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way of a call: every policy's first door, then the policies around the handler, outermost
 * first.
 */
public final class Pipeline {
    private static final Logger LOG = System.getLogger(Pipeline.class.getName());

    private final List<Policy> policies;

    /**
     * @param policies outermost first
     */
    public Pipeline(List<Policy> policies) {
        this.policies = List.copyOf(policies);
    }

    /** The method with all policies around its handler. */
    public <Q extends Message, R extends Message> Method<Q, R> wrap(Method<Q, R> method) {
        Handler<Q, R> handler = method.handler();
        for (Policy policy : policies.reversed()) {
            handler = policy.around(method, handler);
        }
        return method.with(handler);
    }

    /**
     * The first door.
     *
     * @return the refusal, or null when the call may go on
     */
    public @Nullable ApiError admit(Call call) {
        return guard(call, () -> policies.forEach(policy -> policy.admit(call)));
    }

    /**
     * The second door, the handler, and the way back, on the calling thread, which is the call's
     * own while this runs.
     *
     * @param method one that {@link #wrap} made
     * @return what went wrong, or null when the handler sent its whole answer
     */
    public static <Q extends Message, R extends Message> @Nullable ApiError run(
            Method<Q, R> method, Source<Q> source, Sink<R> sink, Call call) {
        return work(call, () -> method.handler().handle(source, sink, call));
    }

    /** Something that is done for a call. */
    @FunctionalInterface
    public interface Step {
        /** Does it. */
        void run() throws Exception;
    }

    /**
     * Does a step on the calling thread, which is the call's own while it runs: cancelling the call
     * interrupts it. For wires that read messages before they know the method.
     *
     * @return what went wrong, or null
     */
    public static @Nullable ApiError work(Call call, Step step) {
        call.attach();
        try {
            return guard(
                    call,
                    () -> {
                        call.check();
                        step.run();
                        call.check();
                        call.handled();
                    });
        } finally {
            call.detach();
        }
    }

    private static @Nullable ApiError guard(Call call, Step step) {
        ApiError error = outcome(call, step);
        if (error != null) {
            call.failed(error);
        }
        return error;
    }

    @SuppressWarnings("IllegalCatch") // the one place where a defect becomes an answer
    private static @Nullable ApiError outcome(Call call, Step step) {
        try {
            step.run();
            return null;
        } catch (ApiException e) {
            return cancelledOr(call, e.error());
        } catch (CancelledException e) {
            CancelCause cause = call.cancelled();
            return ofCancel(cause == null ? e.reason() : cause);
        } catch (Exception | StackOverflowError | LinkageError | AssertionError e) {
            CancelCause cause = call.cancelled();
            if (cause != null) {
                return ofCancel(cause); // what a handler throws when it is interrupted
            }
            LOG.log(Level.ERROR, "call " + call + " failed", e);
            return ApiError.internal();
        }
    }

    private static ApiError cancelledOr(Call call, ApiError error) {
        CancelCause cause = call.cancelled();
        return cause == null ? error : ofCancel(cause);
    }

    /** How a call that was cancelled ends, for those who still listen. */
    public static ApiError ofCancel(CancelCause cause) {
        return CancelErrors.of(cause);
    }
}
