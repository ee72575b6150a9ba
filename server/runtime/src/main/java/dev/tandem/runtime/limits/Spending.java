package dev.tandem.runtime.limits;

import dev.tandem.runtime.call.Call;
import java.util.Optional;

/**
 * What one call takes, for its handler to tell. What is not told was not taken. Told by the call's
 * own thread.
 */
public final class Spending {
    private static final Call.Key<Spending> KEY = new Call.Key<>("spending");

    private String amount = ""; // one is enough to do without a map: a call mostly has one amount
    private long taken;
    private boolean told;

    private Spending() {}

    /** The spending of a call that is counted; empty where nothing of it is. */
    public static Optional<Spending> of(Call call) {
        return call.find(KEY);
    }

    static Spending begin(Call call) {
        Spending spending = new Spending();
        call.put(KEY, spending);
        return spending;
    }

    /** Tells what was taken, in place of what was told before. */
    public void took(String what, long howMuch) {
        amount = what;
        taken = Math.max(0, howMuch);
        told = true;
    }

    boolean told() {
        return told;
    }

    long of(String what) {
        return what.equals(amount) ? taken : 0;
    }
}
