package dev.tandem.runtime.admission;

import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.observe.QueueMeter;

/** Sees a wait from its begin to its end. */
@FunctionalInterface
public interface Waiting {
    /** Nobody looks. */
    Waiting UNSEEN = () -> () -> {};

    /**
     * The wait begins; must not block.
     *
     * @return is closed when it is over, however that came
     */
    QueueMeter.Wait begin();

    /**
     * Sees a call wait, where the server is observed.
     *
     * @param queue of which there are few, for metrics and spans
     */
    static Waiting of(Call call, String queue) {
        return () -> QueueMeter.of(call, queue).enter(call);
    }
}
