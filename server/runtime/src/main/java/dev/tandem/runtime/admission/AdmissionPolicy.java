package dev.tandem.runtime.admission;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Handler;
import dev.tandem.runtime.call.Method;
import dev.tandem.runtime.call.Peeked;
import dev.tandem.runtime.call.Policy;
import dev.tandem.runtime.call.Sink;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Lets a bounded number of calls through to their handlers and has a bounded number wait for it. A
 * call has its place from its first message, which has arrived by then, until its handler has
 * returned, streams included.
 */
public final class AdmissionPolicy implements Policy {
    private final Admission admission;
    private final Function<Call, String> caller;
    private final Predicate<Method<?, ?>> covers;

    /**
     * @param admission stays the caller's of this, who closes it
     * @param caller with whom callers take turns
     * @param covers which methods need a place
     */
    public AdmissionPolicy(
            Admission admission, Function<Call, String> caller, Predicate<Method<?, ?>> covers) {
        this.admission = admission;
        this.caller = caller;
        this.covers = covers;
    }

    @Override
    public <Q extends Message, R extends Message> Handler<Q, R> around(
            Method<Q, R> method, Handler<Q, R> next) {
        return covers.test(method)
                ? (source, sink, call) -> placed(next, Peeked.of(source), sink, call)
                : next;
    }

    private <Q, R> void placed(Handler<Q, R> next, Peeked<Q> source, Sink<R> sink, Call call)
            throws Exception {
        try (Ticket _ = admission.enter(caller.apply(call), call)) {
            next.handle(source, sink, call);
        } catch (Overloaded e) {
            throw e.toException("The server");
        }
    }
}
