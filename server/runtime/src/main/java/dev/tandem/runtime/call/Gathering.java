package dev.tandem.runtime.call;

import org.jspecify.annotations.Nullable;

/**
 * Lets messages of an answer leave together, for who gets several at once: between {@link #begin}
 * and {@link #stop} a wire may keep what is sent until {@link #leave}, which is to be called before
 * each wait for more. Nothing is kept beyond the wire's bound, nor when the answer ends. Where the
 * wire does not gather, each message leaves as it is sent. Used by the call's thread.
 */
public final class Gathering {
    private static final Call.Key<Gathering> KEY = new Call.Key<>("gathering");

    private final @Nullable Runnable leave; // null where the wire does not gather
    private boolean underWay;

    private Gathering(@Nullable Runnable leave) {
        this.leave = leave;
    }

    /** That of a call's answer. */
    public static Gathering of(Call call) {
        return call.find(KEY).orElseGet(() -> new Gathering(null));
    }

    /**
     * For a wire that gathers.
     *
     * @param leave lets everything leave that was kept; throws {@link CancelledException} when the
     *     call is over
     */
    public static Gathering by(Call call, Runnable leave) {
        Gathering gathering = new Gathering(leave);
        call.put(KEY, gathering);
        return gathering;
    }

    /** Messages that are sent from now on may wait. */
    public void begin() {
        underWay = true;
    }

    /** Everything that was sent leaves now. */
    public void leave() {
        if (leave != null) {
            leave.run();
        }
    }

    /** Messages leave as they are sent, from the next on: what is kept goes with it. */
    public void stop() {
        underWay = false;
    }

    /** May messages wait? For the wire. */
    public boolean underWay() {
        return underWay;
    }
}
