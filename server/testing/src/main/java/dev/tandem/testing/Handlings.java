package dev.tandem.testing;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.Handler;
import dev.tandem.runtime.call.Method;
import dev.tandem.runtime.call.Policy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Sees every handler begin and end; changes nothing. For all threads. */
final class Handlings implements Policy {
    private final Map<String, Handling> last = new ConcurrentHashMap<>();
    private final Patience patience = new Patience();

    @Override
    public <Q extends Message, R extends Message> Handler<Q, R> around(
            Method<Q, R> method, Handler<Q, R> next) {
        return (source, sink, call) -> {
            Handling handling = new Handling(call);
            patience.change(() -> last.put(method.fullName(), handling));
            boolean returned = false;
            try {
                next.handle(source, sink, call);
                returned = true;
            } finally {
                handling.ended(returned);
            }
        };
    }

    /** That which began last, waiting for one. */
    Handling last(String method) {
        patience.await("a call of " + method, () -> last.containsKey(method));
        Handling handling = last.get(method);
        if (handling == null) {
            throw new IllegalStateException("no call of " + method);
        }
        return handling;
    }
}
